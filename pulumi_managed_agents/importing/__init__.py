"""Taking over what exists: from objects on a platform, or a checkout of `ant apply`, to a program that declares them.

What is there and chosen (`found`) is read (`live`) or comes from files (`ant`), gets names (`names`), loses its secrets
to the configuration (`settings`) and its texts to files (`content`), is linked (`references`), and is written down as a
project in one of two languages (`project`). Nothing is created or changed on the platform.
"""
