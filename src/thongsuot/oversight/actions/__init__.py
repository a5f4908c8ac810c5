"""The verbs of supervision.

Campaigns (city officers, verb manage_campaigns)
- open_campaign(by, title, unit, started_on, plan=None, ended_on=None) -> Campaign; `plan` is a document, or a
  NewPlan(symbol, date, issuer) that enters one
- put_under_plan(by, campaign, plan): a campaign that had none
- form_group(by, campaign, number, name="", leader="", leader_title="", units=()) -> WorkingGroup
- name_group(by, group, name=None, blocs=None); assign_group_units(by, group, units)
- seat_person(by, group, part, name, title="", since=None, until=None) -> GroupSeat: who leads and sits there on paper
  retitle_person(by, seat, title, since); end_seat(by, seat, on); remove_seat(by, seat)
- seat_member(by, group, mandate); unseat_member(by, group, mandate): with an account, for rights; twice is once

Timetable (plan: whoever manages campaigns; steps: they, and those seated in the group; table in enums.TRANSITIONS)
- plan_visit(by, group, units, on, time=None, place="") -> Visit; plan_visits(by, group, visits: [NewVisit])
- amend_visit(by, visit, units, time=None, place="")
- send_notice(by, visit, on, document=None); hold_visit(by, visit, on=None)
- link_minutes(by, visit, meeting); or record_meeting with NewMeeting(visit=…)
- report_visit(by, visit, on, document=None, source=None)
- postpone_visit(by, visit, reason, to=None); cancel_visit(by, visit, reason); replan_visit(by, visit, on)
- step_back(by, visit, reason): takes back the last step

Conferences (whoever confirms reports; a conference that was held is a meeting of the register)
- prepare_conference(by, unit, conference: NewConference) -> Conference; amend_conference(by, conference, to, seen=None)
- hold_conference(by, conference, on, chair=""); close_conference(by, conference): all it assigned is given out
- add_conclusions(by, conference, texts, assigns=True); amend_conclusion(by, conclusion, text, assigns);
  remove_conclusion(by, conclusion); draft_from_conclusion(by, conclusion) -> Order: the draft of its tasks

Meetings (whoever confirms reports)
- record_meeting(by, meeting: NewMeeting) -> Meeting; its proposals and tasks are recorded on `meeting.origin`
  NewMeeting(kind, date, title="", organisation="", chair="", working_group=None, ordinal=None, term="",
  units=(), source=None, draft_key="", visit=None)
- record_minutes(by, visit, minutes: Minutes) -> Meeting; Minutes(date, chair="", people=[Attendance], proposals=[Said],
  directions=[Said]): typed by hand, through the acts below
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
    name_group,
    number_taken,
    open_campaign,
    put_under_plan,
    seat_member,
    title_taken,
    unseat_member,
)
from thongsuot.oversight.actions.conferences import (
    NewConference,
    add_conclusions,
    amend_conclusion,
    amend_conference,
    close_conference,
    draft_from_conclusion,
    hold_conference,
    prepare_conference,
    remove_conclusion,
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
from thongsuot.oversight.actions.minutes import Attendance, Minutes, Said, record_minutes
from thongsuot.oversight.actions.people import add_role, name_official, remove_official
from thongsuot.oversight.actions.seats import end_seat, remove_seat, retitle_person, seat_person
from thongsuot.oversight.actions.visits import (
    NewVisit,
    amend_visit,
    cancel_visit,
    hold_visit,
    link_minutes,
    plan_visit,
    plan_visits,
    postpone_visit,
    replan_visit,
    report_visit,
    send_notice,
    step_back,
)

__all__ = [
    "Attendance",
    "Minutes",
    "NewConference",
    "NewMeeting",
    "NewPlan",
    "NewVisit",
    "Said",
    "add_conclusions",
    "add_role",
    "amend_conclusion",
    "amend_conference",
    "amend_visit",
    "assign_group_units",
    "cancel_visit",
    "close_conference",
    "draft_from_conclusion",
    "end_seat",
    "form_group",
    "hold_conference",
    "hold_visit",
    "link_document",
    "link_figure",
    "link_matter",
    "link_minutes",
    "name_group",
    "name_official",
    "number_taken",
    "open_campaign",
    "plan_visit",
    "plan_visits",
    "postpone_visit",
    "prepare_conference",
    "put_under_plan",
    "record_meeting",
    "record_minutes",
    "remove_conclusion",
    "remove_meeting",
    "remove_official",
    "remove_seat",
    "replan_visit",
    "report_visit",
    "retitle_person",
    "seat_member",
    "seat_person",
    "send_notice",
    "step_back",
    "title_taken",
    "unlink_document",
    "unlink_figure",
    "unlink_matter",
    "unseat_member",
]
