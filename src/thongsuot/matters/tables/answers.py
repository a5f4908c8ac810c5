"""How answers and responses are told apart on pages: tone and icon beside the word."""

ANSWER_TONES = {
    "accepted": ("calm", "check"),
    "partly": ("calm", "circle-half-2"),
    "rejected": ("plain", "x"),
    "beyond_authority": ("due", "share-3"),
    "already_answered": ("plain", "arrow-back-up"),
}
RESPONSE_TONES = {
    "pending": ("due", "clock"),
    "agreed": ("done", "check"),
    "lapsed": ("done", "clock-off"),
    "contested": ("late", "alert-triangle"),
    "forwarded": ("calm", "share-3"),
    "withdrawn": ("done", "x"),
}
