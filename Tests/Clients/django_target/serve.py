"""`python serve.py PORT`: serves the endpoint below /scim/v2, from a database in memory."""

import sys
from pathlib import Path
from wsgiref.simple_server import ServerHandler, WSGIRequestHandler, make_server

import django
from django.conf import settings

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
settings.configure(
    DEBUG=True,
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django_scim",
                    "django_target"],
    AUTH_USER_MODEL="django_target.User",
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware",
                "django.contrib.auth.middleware.AuthenticationMiddleware"],
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    SECRET_KEY="only for tests",
    ROOT_URLCONF="django_target.serve_urls",
    SCIM_SERVICE_PROVIDER={
        "NETLOC": "127.0.0.1",
        "AUTHENTICATION_SCHEMES": [{"type": "oauth2", "name": "", "description": ""}],
        "USER_ADAPTER": "django_target.adapters.User",
        "GROUP_MODEL": "django_target.models.Group",
        "GROUP_ADAPTER": "django_target.adapters.Group",
        "USER_FILTER_PARSER": "django_target.filters.UserFilter",
        "GROUP_FILTER_PARSER": "django_target.filters.GroupFilter",
        "GET_IS_AUTHENTICATED_PREDICATE": "django_target.access.everybody",
    },
)
django.setup()


class Handler(WSGIRequestHandler):
    def log_message(self, *_):
        pass


ServerHandler.http_version = "1.1"

if __name__ == "__main__":
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    call_command("migrate", run_syncdb=True, verbosity=0)
    make_server(
        "127.0.0.1", int(sys.argv[1]), get_wsgi_application(), handler_class=Handler
    ).serve_forever()
