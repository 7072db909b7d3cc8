"""What is true of the work with no computer at all: kinds, values, rules. Standard library only."""
