// Two reviews from one component. Rotate `githubToken`: each session gets the new token, and nothing is replaced.

import * as pulumi from "@pulumi/pulumi";
import { CodeReview } from "./codeReview";

const config = new pulumi.Config();
const token = config.requireSecret("githubToken");
const handbook = { url: "https://github.com/org/handbook" }; // public: no token

const web = new CodeReview("web", {
    repositories: [{ url: "https://github.com/org/frontend", token }, handbook],
    allowedHosts: ["registry.example.com"],
});
const api = new CodeReview("api", {
    repositories: [{ url: "https://github.com/org/backend", token, branch: "main" }, handbook],
    instructions: "You review the code in /workspace/backend for correctness and for breaking changes of its API.",
});

export const webSession = web.session;
export const apiSession = api.session;
