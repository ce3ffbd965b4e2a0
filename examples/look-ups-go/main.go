// What a program can ask the platform: what runs, what was said, how an agent was, and an object by its name.
package main

import (
	"github.com/pulumi-managed-agents/sdk/go/managedagents"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(lookUp)
}

func lookUp(ctx *pulumi.Context) error {
	prompt := config.Get(ctx, "prompt")
	if prompt == "" {
		prompt = "You answer questions."
	}
	sandbox, err := managedagents.NewEnvironment(ctx, "sandbox", &managedagents.EnvironmentArgs{
		Config: managedagents.CloudConfigArgs{Type: pulumi.String("cloud")},
	})
	if err != nil {
		return err
	}
	guide, err := managedagents.NewAgent(ctx, "guide", &managedagents.AgentArgs{
		Name:   pulumi.String("guide"),
		Model:  pulumi.String("claude-sonnet-5"),
		System: pulumi.String(prompt),
	})
	if err != nil {
		return err
	}
	questions, err := managedagents.NewSession(ctx, "questions", &managedagents.SessionArgs{
		Agent:         guide.ID(),
		EnvironmentId: sandbox.ID(),
		Title:         pulumi.String("questions"),
		Metadata:      pulumi.StringMap{"team": pulumi.String("support")},
		InitialEvents: pulumi.Array{managedagents.UserMessageArgs{
			Type: pulumi.String("user.message"),
			Content: pulumi.Array{managedagents.TextBlockArgs{
				Type: pulumi.String("text"),
				Text: pulumi.String("Where is the handbook?"),
			}},
		}},
	})
	if err != nil {
		return err
	}

	// As the agent was at first: what it said then can be declared again.
	first := managedagents.LookupAgentOutput(ctx, managedagents.LookupAgentOutputArgs{
		Id:      guide.ID(),
		Version: pulumi.Int(1),
	})
	ctx.Export("was", first.System())

	// The only agent of this name; an error says how many there are, if it is not just one.
	name := guide.ID().ApplyT(func(pulumi.ID) string { return "guide" }).(pulumi.StringOutput)
	found := managedagents.FindAgentOutput(ctx, managedagents.FindAgentOutputArgs{Name: name})
	ctx.Export("found", found.Name())

	running := managedagents.ListSessionsOutput(ctx, managedagents.ListSessionsOutputArgs{
		AgentId:  guide.ID(),
		Statuses: pulumi.ToStringArray([]string{"running", "idle"}),
		Metadata: pulumi.StringMap{"team": pulumi.String("support")},
	}, pulumi.DependsOn([]pulumi.Resource{questions}))
	ctx.Export("sessions", running.Sessions().Index(pulumi.Int(0)).Metadata().MapIndex(pulumi.String("team")))

	events := managedagents.ListSessionEventsOutput(ctx, managedagents.ListSessionEventsOutputArgs{
		SessionId: questions.ID(),
		Types:     pulumi.ToStringArray([]string{"user.message"}),
	})
	// Each event has the fields of its type, and so comes as a map of them.
	ctx.Export("said", events.Events().Index(pulumi.Int(0)).ApplyT(func(event any) any {
		return event.(map[string]any)["text"]
	}))
	return nil
}
