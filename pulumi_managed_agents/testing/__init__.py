"""Tests of stacks: fixtures for pytest that run a program on the real engine against an emulated platform.

Install `pulumi-managed-agents[testing]`; pytest finds the fixtures by itself.

    plugin        the fixtures
    stack         a program under test: up, preview, refresh, destroy, and what each did
    run           what one command of the engine did
    platform      the emulated platform: what it has, and what it was asked
    leaks         where a secret is found that should be nowhere
"""
