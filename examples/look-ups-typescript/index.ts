// What a program can ask the platform: what runs, what was said, how an agent was, and an object by its name.

import * as pulumi from "@pulumi/pulumi";
import * as agents from "pulumi-managed-agents-sdk";

const config = new pulumi.Config();

const sandbox = new agents.Environment("sandbox", { config: { type: "cloud" } });
const guide = new agents.Agent("guide", {
    name: "guide",
    model: "claude-sonnet-5",
    system: config.get("prompt") ?? "You answer questions.",
});
const questions = new agents.Session("questions", {
    agent: guide.id,
    environmentId: sandbox.id,
    title: "questions",
    metadata: { team: "support" },
    initialEvents: [{ type: "user.message", content: [{ type: "text", text: "Where is the handbook?" }] }],
});

// As the agent was at first: what it said then can be declared again.
export const was = agents.getAgentOutput({ id: guide.id, version: 1 }).system;

// The only agent of this name; an error says how many there are, if it is not just one.
export const found = guide.id.apply(() => agents.findAgent({ name: "guide" })).name;

const running = agents.listSessionsOutput(
    { agentId: guide.id, statuses: ["running", "idle"], metadata: { team: "support" } },
    { dependsOn: [questions] },
);
export const sessions = running.sessions.apply((listed) => listed[0]?.metadata?.team);

const events = agents.listSessionEventsOutput({ sessionId: questions.id, order: "asc" }).events;
export const said = events.apply((listed) => listed.find((event) => event.type === "user.message")?.text);

// Each event has the fields of its type: what the session waits for, if it does.
export const waitsFor = events.apply((listed) =>
    listed.flatMap((event) => ("stopReason" in event ? (event.stopReason?.eventIds ?? []) : [])),
);
