import os

from client import AuthenticatedClient, Client
from client.api.group import get_group
from client.models import ApiError, ErrorCode, ExtensionRef, GotoRef, Group

env = os.environ
base = env["BASE_URL"]
client = AuthenticatedClient(base_url=base, token=env["TOKEN"])


def read(group: str, extensions: bool = False, goto: bool = False) -> Group:
    answer = get_group.sync(group, client=client, expand_extension=extensions, expand_goto=goto)
    assert isinstance(answer, Group), answer
    return answer


def refused(group: str, caller: AuthenticatedClient | Client, status: int, code: ErrorCode) -> None:
    answer = get_group.sync(group, client=caller)
    assert isinstance(answer, ApiError), answer
    assert (answer.error.status, answer.error.code) == (status, code), answer


for extensions in (False, True):
    for goto in (False, True):
        group = read(env["GROUP"], extensions, goto)
        assert group.name == "Sales" and group.ring_time == 30 and group.pickup
        assert len(group.members) == 3 and len(group.controllers) == 1
        if extensions:
            members = [member for member in group.members if isinstance(member, ExtensionRef)]
            assert [(member.number, member.name) for member in members] == [
                ("101", "Reception"),
                ("102", "Back office"),
                (None, None),
            ]
            assert isinstance(group.controllers[0], ExtensionRef)
        else:
            assert all(isinstance(member, str) for member in group.members + group.controllers)
        if goto:
            assert isinstance(group.timeout_goto, GotoRef)
            assert (group.timeout_goto.type_, group.timeout_goto.name) == ("QUEUE", "Night")
        else:
            assert isinstance(group.timeout_goto, str)

assert read(env["GROUP_WITHOUT_GOTO"], goto=True).timeout_goto is None
lost = read(env["GROUP_WITH_LOST_GOTO"], goto=True).timeout_goto
assert isinstance(lost, GotoRef) and (lost.type_, lost.number, lost.name) == (None, None, None)

refused("x", client, 400, ErrorCode.BAD_REQUEST)
refused(env["GROUP"], Client(base_url=base), 401, ErrorCode.CREDENTIALS_INVALID)
refused(env["GROUP"], AuthenticatedClient(base, token=env["EXPIRED_TOKEN"]), 401, ErrorCode.EXPIRED)
refused(env["GROUP"], AuthenticatedClient(base, token=env["PERSONAL_TOKEN"]), 403, ErrorCode.ACCESS_DENIED)
refused(env["FOREIGN_GROUP"], client, 403, ErrorCode.ACCESS_DENIED)
refused(env["NO_GROUP"], client, 404, ErrorCode.NOT_FOUND)

first = get_group.sync_detailed(env["GROUP"], client=client)
again = get_group.sync_detailed(env["GROUP"], client=client, if_none_match=first.headers["ETag"])
assert again.status_code == 304 and again.parsed is None
other = get_group.sync_detailed(env["GROUP"], client=client, expand_goto=True, if_none_match=first.headers["ETag"])
assert other.status_code == 200
