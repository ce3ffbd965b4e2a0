"""The commands of `managed-agents`: each module adds its words to its parser, and carries them out."""
