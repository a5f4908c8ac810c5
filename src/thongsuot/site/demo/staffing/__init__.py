"""The staffing registers of the demonstration: synthetic people under real totals."""
