"""What the Python deployments share: the data, the tokens (PyJWT) and the report (ReportLab)."""

import io
import json
import os

import jwt
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

with open(os.environ["DATA"], encoding="utf-8") as file:
    settings = json.load(file)

workspaces = {workspace["id"]: workspace for workspace in settings["workspaces"]}
types = [("locations", "Locations"), ("users", "Users"), ("sso", "SSO")]
port = int(os.environ["PORT"])


class Refused(Exception):
    """A status, a sentence for the caller, and the challenge of a 401."""

    def __init__(self, status, detail, challenge=None):
        super().__init__(detail)
        self.status, self.detail, self.challenge = status, detail, challenge

    @property
    def body(self):
        return json.dumps({"status": self.status, "title": self.detail}).encode()

    @property
    def headers(self):
        fields = {"Content-Type": "application/problem+json", "Cache-Control": "no-store"}
        return {**fields, "WWW-Authenticate": self.challenge} if self.challenge else fields


def authenticate(authorization):
    """The claims of the token in the value of Authorization."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Refused(401, "A bearer token is needed", 'Bearer realm="usage"')
    try:
        return jwt.decode(
            token.strip(),
            settings["secret"],
            algorithms=["HS256"],
            audience=settings["audience"],
            issuer=settings["issuer"],
            options={"require": ["exp", "sub", "aud", "iss"]},
        )
    except jwt.PyJWTError:
        raise Refused(401, "The token is not valid", 'Bearer realm="usage", error="invalid_token"') from None


def find(authorization, workspace_id):
    """The workspace, if the caller may read it."""
    claims = authenticate(authorization)
    workspace = workspaces.get(workspace_id)
    if workspace is None:
        raise Refused(404, "There is no such workspace")
    if claims["sub"] not in workspace["members"] or settings["scope"] not in str(claims.get("scope", "")).split():
        raise Refused(403, "You have no access to this workspace")
    return workspace


def render(workspace):
    """The report as PDF."""
    style = getSampleStyleSheet()
    head = ["Organization"] + [f"{label} {column}" for _, label in types for column in ("used", "limit")]
    rows = [[Paragraph(one["name"], style["BodyText"]), *figures(one)] for one in workspace["organizations"]]
    story = [Paragraph(f"Usage of {workspace['name']}", style["Title"])]
    if rows:
        table = Table([head, *rows], colWidths=[160] + [62] * 6, repeatRows=1)
        table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.25, colors.grey), ("FONTSIZE", (0, 0), (-1, -1), 8)]))
        story.append(table)
    else:
        story.append(Paragraph("There are no organizations.", style["BodyText"]))
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=A4, title=f"Usage of {workspace['name']}", invariant=1).build(story)
    return file.getvalue()


def figures(organization):
    used, limits = organization["usage"]["subtree_usage"], organization["limits"]
    for type_, _ in types:
        limit = limits.get(type_)
        yield str(used.get(type_, 0))
        yield "–" if limit is None else str(limit)


def success_headers(workspace):
    return {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'attachment; filename="usage-{workspace["id"]}.pdf"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
