"""The commands of `managed-agents`: each module adds its words to the parser and carries them out."""
