// A reviewer agent at work on one repository. Rotate `githubToken` and watch what `pulumi up` does.
package main

import (
	"github.com/pulumi-managed-agents/sdk/go/managedagents"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(review)
}

func review(ctx *pulumi.Context) error {
	sandbox, err := managedagents.NewEnvironment(ctx, "sandbox", &managedagents.EnvironmentArgs{
		Config: managedagents.CloudConfigArgs{
			Type:       pulumi.String("cloud"),
			Networking: managedagents.UnrestrictedNetworkArgs{Type: pulumi.String("unrestricted")},
		},
	})
	if err != nil {
		return err
	}

	reviewer, err := managedagents.NewAgent(ctx, "code-reviewer", &managedagents.AgentArgs{
		Model:  pulumi.String("claude-sonnet-4-6"),
		System: pulumi.String("You are a code review assistant with access to GitHub. Your working directory is /workspace/app."),
		McpServers: managedagents.McpServerArray{
			managedagents.McpServerArgs{
				Type: pulumi.String("url"),
				Name: pulumi.String("github"),
				Url:  pulumi.String("https://api.githubcopilot.com/mcp/"),
			},
		},
		Tools: pulumi.Array{
			managedagents.AgentToolsetArgs{Type: pulumi.String("agent_toolset_20260401")},
			managedagents.McpToolsetArgs{Type: pulumi.String("mcp_toolset"), McpServerName: pulumi.String("github")},
		},
	})
	if err != nil {
		return err
	}

	app, err := managedagents.NewRepositoryResource(ctx, "app", &managedagents.RepositoryResourceArgs{
		Url:                pulumi.String("https://github.com/org/app"),
		MountPath:          pulumi.String("/workspace/app"),
		AuthorizationToken: config.RequireSecret(ctx, "githubToken"),
	})
	if err != nil {
		return err
	}

	session, err := managedagents.NewSession(ctx, "review", &managedagents.SessionArgs{
		Agent:         reviewer.ID(),
		EnvironmentId: sandbox.ID(),
		Resources:     pulumi.Array{app.Mount},
	})
	if err != nil {
		return err
	}

	ctx.Export("session", session.ID())
	return nil
}
