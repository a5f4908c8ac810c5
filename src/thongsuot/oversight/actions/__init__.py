"""The verbs of supervision.

Campaigns (city officers, verb manage_campaigns)
- open_campaign(by, title, unit, started_on, plan=None, ended_on=None) -> Campaign; `plan` is a document, or a
  NewPlan(symbol, date, issuer) that enters one
- form_group(by, campaign, number, name="", leader="", leader_title="", units=()) -> WorkingGroup
- assign_group_units(by, group, units)
- seat_member(by, group, mandate); unseat_member(by, group, mandate): twice is once

Meetings (whoever confirms reports)
- record_meeting(by, meeting: NewMeeting) -> Meeting; its proposals and tasks are recorded on `meeting.origin`
  NewMeeting(kind, date, title="", organisation="", chair="", working_group=None, ordinal=None, term="",
  units=(), source=None, draft_key="")
- name_official(by, name, unit=None) -> Official; queries.find_officials(name, unit) gives those there already
- add_role(by, meeting, role, official, title="", organisation="", citation=None) -> MeetingRole
- link_document(by, meeting, document, basis=False); link_matter(by, meeting, matter)
- link_figure(by, meeting, figure)

Undo, in this order: unlink_matter and unlink_figure; matters.remove_matter and indicators.remove_figure;
remove_meeting (its roles, document links and origin go with it); remove_official once no meeting names them.
"""

from thongsuot.oversight.actions.campaigns import (
    NewPlan,
    assign_group_units,
    form_group,
    number_taken,
    open_campaign,
    seat_member,
    title_taken,
    unseat_member,
)
from thongsuot.oversight.actions.links import (
    link_document,
    link_figure,
    link_matter,
    unlink_document,
    unlink_figure,
    unlink_matter,
)
from thongsuot.oversight.actions.meetings import NewMeeting, record_meeting, remove_meeting
from thongsuot.oversight.actions.people import add_role, name_official, remove_official

__all__ = [
    "NewMeeting",
    "NewPlan",
    "add_role",
    "assign_group_units",
    "form_group",
    "link_document",
    "link_figure",
    "link_matter",
    "name_official",
    "number_taken",
    "open_campaign",
    "record_meeting",
    "remove_meeting",
    "remove_official",
    "seat_member",
    "title_taken",
    "unlink_document",
    "unlink_figure",
    "unlink_matter",
    "unseat_member",
]
