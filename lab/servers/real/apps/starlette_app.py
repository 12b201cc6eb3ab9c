"""Starlette on uvicorn."""

import usage
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.routing import Route


def export(request):
    try:
        workspace = usage.find(request.headers.get("authorization"), request.path_params["workspace"])
    except usage.Refused as refused:
        return Response(refused.body, refused.status, refused.headers)
    return Response(usage.render(workspace), headers=usage.success_headers(workspace))


app = Starlette(
    routes=[Route("/workspaces/{workspace}/organizations/usage.pdf", export)],
    middleware=[
        Middleware(
            CORSMiddleware,
            allow_origins=["https://app.example.com"],
            allow_headers=["Authorization"],
            expose_headers=["Content-Disposition"],
        )
    ],
)
uvicorn.run(app, host="127.0.0.1", port=usage.port, log_level="error")
