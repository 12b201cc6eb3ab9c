"""Pyramid on waitress."""

import usage
import waitress
from pyramid.config import Configurator
from pyramid.response import Response


def export(request):
    try:
        workspace = usage.find(request.headers.get("Authorization"), request.matchdict["workspace"])
    except usage.Refused as refused:
        return Response(refused.body, refused.status, headerlist=list(refused.headers.items()))
    return Response(
        usage.render(workspace),
        headerlist=list(usage.success_headers(workspace).items()),
        conditional_response=True,
    )


with Configurator() as config:
    config.add_route("export", "/workspaces/{workspace}/organizations/usage.pdf")
    config.add_view(export, route_name="export", request_method="GET")
    app = config.make_wsgi_app()
waitress.serve(app, host="127.0.0.1", port=usage.port, _quiet=True)
