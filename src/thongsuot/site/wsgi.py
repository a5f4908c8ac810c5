import gc
import os

from django.core.wsgi import get_wsgi_application

from thongsuot.kernel.frames import with_room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.site.settings")
application = with_room(get_wsgi_application())

from thongsuot.site.warming import load_pages  # noqa: E402  needs the applications

load_pages()
# What has been loaded stays: the collector need not walk through it again, nor look after every 700 objects of a page.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
