"""What the forms service knows: answers, drafts, references and what a resident may see; plain Python."""
