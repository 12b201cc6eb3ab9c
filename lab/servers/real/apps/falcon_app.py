"""Falcon on gunicorn: `gunicorn falcon_app:app`."""

import falcon
import usage


class Export:
    def on_get(self, request, response, workspace_id):
        try:
            workspace = usage.find(request.auth, workspace_id)
        except usage.Refused as refused:
            response.status = refused.status
            response.set_headers(refused.headers)
            response.data = refused.body
            return
        response.set_headers(usage.success_headers(workspace))
        response.data = usage.render(workspace)

    on_head = on_get


app = falcon.App()
app.add_route("/workspaces/{workspace_id}/organizations/usage.pdf", Export())
