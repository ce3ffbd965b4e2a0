// A reviewer agent at work on one repository. Rotate `githubToken` and watch what `pulumi up` does.

import * as pulumi from "@pulumi/pulumi";
import * as agents from "pulumi-managed-agents-sdk";

const config = new pulumi.Config();

const sandbox = new agents.Environment("sandbox", {
    config: { type: "cloud", networking: { type: "unrestricted" } },
});

const reviewer = new agents.Agent("code-reviewer", {
    model: "claude-sonnet-4-6",
    system: "You are a code review assistant with access to GitHub. Your working directory is /workspace/app.",
    mcpServers: [{ type: "url", name: "github", url: "https://api.githubcopilot.com/mcp/" }],
    tools: [{ type: "agent_toolset_20260401" }, { type: "mcp_toolset", mcpServerName: "github" }],
});

const app = new agents.RepositoryResource("app", {
    url: "https://github.com/org/app",
    mountPath: "/workspace/app",
    authorizationToken: config.requireSecret("githubToken"),
});

const review = new agents.Session("review", {
    agent: reviewer.id,
    environmentId: sandbox.id,
    resources: [app.mount],
});

export const session = review.id;
