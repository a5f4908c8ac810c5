"""What of the totals to show, and what is kept of the catalogue."""

from thongsuot.indicators.forms.showing import MapForm, ShowForm

__all__ = ["MapForm", "ShowForm"]
