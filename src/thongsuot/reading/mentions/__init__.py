"""Small grammars: each finds one kind of thing and says where it stands."""
