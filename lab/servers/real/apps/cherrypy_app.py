"""CherryPy's own server."""

import cherrypy
import usage


class Workspaces:
    # Positional: CherryPy lets a query parameter replace a named segment of the path.
    @cherrypy.expose
    def default(self, *path, **_query):
        if len(path) != 3 or path[1:] != ("organizations", "usage.pdf"):
            raise cherrypy.NotFound()
        try:
            workspace = usage.find(cherrypy.request.headers.get("Authorization"), path[0])
        except usage.Refused as refused:
            cherrypy.response.status = refused.status
            cherrypy.response.headers.update(refused.headers)
            return refused.body
        cherrypy.response.headers.update(usage.success_headers(workspace))
        return usage.render(workspace)


class Root:
    workspaces = Workspaces()


cherrypy.config.update(
    {
        "environment": "production",
        "server.socket_host": "127.0.0.1",
        "server.socket_port": usage.port,
        "log.screen": False,
    }
)
cherrypy.quickstart(Root())
