import * as pulumi from "@pulumi/pulumi";
import * as agents from "pulumi-managed-agents-sdk";

/** A repository to review. */
export interface Repository {
    url: string;
    /** Needed for a private one; rotated on the running session. */
    token?: pulumi.Input<string>;
    branch?: string;
}

export interface CodeReviewArgs {
    repositories: Repository[];
    /** What the reviewer is told (default: to review what is mounted). */
    instructions?: pulumi.Input<string>;
    /** The hosts that the container may reach besides GitHub. */
    allowedHosts?: string[];
}

/** A reviewer with a container of its own, at work on the repositories. */
export class CodeReview extends pulumi.ComponentResource {
    public readonly session: pulumi.Output<string>;

    constructor(name: string, args: CodeReviewArgs, opts?: pulumi.ComponentResourceOptions) {
        super("examples:index:CodeReview", name, {}, opts);
        const ours = { parent: this };

        const sandbox = new agents.Environment(
            `${name}-sandbox`,
            {
                config: {
                    type: "cloud",
                    networking: { type: "limited", allowedHosts: ["github.com", ...(args.allowedHosts ?? [])] },
                },
            },
            ours,
        );
        const reviewer = new agents.Agent(
            `${name}-reviewer`,
            {
                model: { id: "claude-sonnet-4-6", effort: "high" },
                system: args.instructions ?? "You review the code in /workspace.",
                tools: [{ type: "agent_toolset_20260401" }],
            },
            ours,
        );
        const mounts = args.repositories.map(
            (repository) =>
                new agents.RepositoryResource(
                    `${name}-${repository.url.split("/").pop()}`,
                    {
                        url: repository.url,
                        authorizationToken: repository.token,
                        checkout: repository.branch ? { type: "branch", name: repository.branch } : undefined,
                    },
                    ours,
                ).mount,
        );
        const review = new agents.Session(
            `${name}-review`,
            { agent: reviewer.id, environmentId: sandbox.id, title: name, resources: mounts },
            ours,
        );

        this.session = review.id;
        this.registerOutputs({ session: this.session });
    }
}
