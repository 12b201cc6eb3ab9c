"""aiohttp."""

import usage
from aiohttp import web


async def export(request):
    try:
        workspace = usage.find(request.headers.get("Authorization"), request.match_info["workspace"])
    except usage.Refused as refused:
        return web.Response(status=refused.status, body=refused.body, headers=refused.headers)
    return web.Response(body=usage.render(workspace), headers=usage.success_headers(workspace))


app = web.Application()
app.add_routes([web.get("/workspaces/{workspace}/organizations/usage.pdf", export)])
web.run_app(app, host="127.0.0.1", port=usage.port, print=None)
