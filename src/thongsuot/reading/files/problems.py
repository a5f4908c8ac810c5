"""Why a file cannot be read: one clear sentence in both languages."""

MESSAGES = {
    "empty": ("Tệp không có nội dung.", "The file has no content."),
    "too-large": ("Tệp quá lớn: tối đa {limit} MB.", "The file is too large: at most {limit} MB."),
    "binary": ("Tệp không phải là văn bản.", "The file is not a text."),
    "unsupported": (
        "Loại tệp này chưa đọc được; hãy dùng .docx, .pdf, .txt hoặc ảnh.",
        "This kind of file cannot be read; use .docx, .pdf, .txt or an image.",
    ),
    "legacy-word": (
        "Tệp .doc kiểu cũ: hãy lưu lại thành .docx rồi gửi lại.",
        "This is an old .doc file: save it as .docx and send it again.",
    ),
    "encrypted": (
        "Tệp được đặt mật khẩu: hãy bỏ mật khẩu rồi gửi lại.",
        "The file is protected by a password: remove it and send the file again.",
    ),
    "macro": (
        "Tệp có chứa macro nên không được nhận: hãy lưu lại thành .docx.",
        "The file contains macros and is not accepted: save it as .docx.",
    ),
    "zip-bomb": (
        "Tệp phình quá lớn khi giải nén nên không được nhận.",
        "The file grows too large when unpacked and is not accepted.",
    ),
    "broken": ("Tệp bị hỏng, không mở được.", "The file is damaged and cannot be opened."),
    "encoding": (
        "Không nhận ra bảng mã của tệp: hãy lưu lại bằng UTF-8.",
        "The character encoding is not recognised: save the file as UTF-8.",
    ),
    "scan-needs-ocr": (
        "Đây là bản quét hoặc ảnh; máy này chưa cài Tesseract với tiếng Việt (vie) để nhận dạng chữ.",
        "This is a scan or an image; Tesseract with Vietnamese data (vie) is not installed here to recognise it.",
    ),
    "ocr-failed": ("Không nhận dạng được chữ trong ảnh.", "No text could be recognised in the image."),
    "classified": (
        "Văn bản mang dấu chỉ độ mật nên không được tiếp nhận trên hệ thống này.",
        "The text carries a classification mark and is refused by this system.",
    ),
}


class UnreadableFile(Exception):
    """`reason_code` for programs, one sentence each for people reading Vietnamese or English."""

    def __init__(self, reason_code: str, **details: object) -> None:
        vietnamese, english = MESSAGES[reason_code]
        self.reason_code = reason_code
        self.message_vi = vietnamese.format(**details)
        self.message_en = english.format(**details)
        super().__init__(f"{reason_code}: {self.message_en}")
