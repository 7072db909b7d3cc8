"""Windows of the meetings: list, workspace with agenda, attendance and minutes, paper, printing."""
