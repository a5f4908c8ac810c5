"""The interface kit: layout, components, lists, charts, map. It knows no domain word."""
