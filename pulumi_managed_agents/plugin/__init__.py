"""Front end 2: the resource provider that the engine starts, for every language."""
