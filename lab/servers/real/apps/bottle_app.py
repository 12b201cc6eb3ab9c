"""Bottle on waitress."""

import usage
from bottle import Bottle, HTTPResponse, request

app = Bottle()


@app.get("/workspaces/<workspace_id>/organizations/usage.pdf")
def export(workspace_id):
    try:
        workspace = usage.find(request.get_header("Authorization"), workspace_id)
    except usage.Refused as refused:
        return HTTPResponse(refused.body, refused.status, refused.headers)
    return HTTPResponse(usage.render(workspace), 200, usage.success_headers(workspace))


if __name__ == "__main__":
    app.run(server="waitress", host="127.0.0.1", port=usage.port, quiet=True)
