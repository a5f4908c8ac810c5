from thongsuot.documents.tables.register import DocumentFilter, DocumentTable

__all__ = ["DocumentFilter", "DocumentTable"]
