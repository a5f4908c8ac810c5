"""Reasons as data, and their sentences in plain words: pages show them in either language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Language = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class Reason:
    """`code` names a sentence of this file, `values` what is put into it: codes, names, counts, other reasons."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


def sentence(reason: Reason, language: Language = "vi") -> str:
    """The reason in words. Raises `KeyError` for a code this file does not know."""
    vi, en = SENTENCES[reason.code]
    values = {
        name: sentence(value, language) if isinstance(value, Reason) else value
        for name, value in reason.values.items()
    }
    return (vi if language == "vi" else en).format_map(values)


SENTENCES: dict[str, tuple[str, str]] = {
    # How optimality is known.
    "proof.flow": (
        "tầng {tier} ({name}): tối ưu, luồng chi phí nhỏ nhất không còn chu trình nào tốt hơn",
        "tier {tier} ({name}): optimal, no better cycle is left in the minimum-cost flow",
    ),
    "proof.tolls": (
        "tầng {tier} ({name}): tối ưu, luồng có giá trần điều động không còn chu trình nào tốt hơn",
        "tier {tier} ({name}): optimal, no better cycle is left in the flow with tolls on the caps",
    ),
    "proof.bound": (
        "tầng {tier} ({name}): tối ưu, phương án đạt đúng cận đã chứng minh",
        "tier {tier} ({name}): optimal, the plan meets the proven bound",
    ),
    "proof.search": (
        "tầng {tier} ({name}): tối ưu, đã tìm hết mọi khả năng còn có thể tốt hơn",
        "tier {tier} ({name}): optimal, everything that could be better was searched",
    ),
    "proof.none": (
        "tầng {tier} ({name}): hết giờ, chưa chứng minh tối ưu",
        "tier {tier} ({name}): time ran out, not proven optimal",
    ),
    # Why a person moves, and why there.
    "move.fills": (
        "lấp chỗ còn trống: {position} tại {unit}",
        "fills an open place: {position} at {unit}",
    ),
    "move.replaces": (
        "vào chỗ {person} để lại: {position} tại {unit}",
        "takes the place {person} leaves: {position} at {unit}",
    ),
    "move.full": ("đủ tiêu chuẩn của vị trí này", "meets the standard of this position"),
    "move.training": ("giữ được vị trí này sau khi đào tạo", "can hold this position after training"),
    "move.pinned": ("theo chỗ đã ghim hoặc đã thống nhất", "as pinned or agreed"),
    "move.spare": (
        "nơi đang làm có {present} người trên {places} chỗ của vị trí này",
        "where they are, {present} people hold {places} places of their position",
    ),
    "move.followed": ("chỗ để lại có {person} vào thay", "{person} takes the place they leave"),
    "move.opens": (
        "chỗ để lại bỏ trống, nhưng nặng {left} so với {taken} của chỗ mới",
        "the place they leave stays open, but weighs {left} against {taken} of the new one",
    ),
    "move.near": ("cách {km} km, trong giới hạn {limit} km", "{km} km away, within the {limit} km allowed"),
    "move.far": ("cách {km} km", "{km} km away"),
    "move.origin": (
        "cách {km} km, về nơi gốc nên không tính giới hạn",
        "{km} km away, back to their origin, where no limit applies",
    ),
    "move.preferred": ("đúng đơn vị có nguyện vọng", "to a unit they asked for"),
    "move.lent": ("biệt phái, lương vẫn ở đơn vị cũ", "on secondment, the payroll stays where it was"),
    "move.alike": (
        "{count} người khác cùng vị trí, cùng tiêu chuẩn cũng thay được; chọn theo thứ tự mã",
        "{count} others of the same position and standard would do as well; taken in the order of ids",
    ),
    "move.stay": ("nếu ở lại: {cost}", "if they stayed: {cost}"),
    "move.other": (
        "còn mở {count} chỗ khác; tốt nhất trong đó là {position} tại {unit}: {cost}",
        "{count} other places were open; the best of them, {position} at {unit}: {cost}",
    ),
    "move.only": ("không có chỗ nào khác mở cho người này", "no other place was open to them"),
    # What another choice would cost, at least; the first aim that gets worse is named.
    "cost.none": ("phương án tốt ngang bằng có thể có", "an equally good plan may exist"),
    "cost.barred": ("không được phép", "not allowed"),
    "cost.filled_weight": (
        "mất ít nhất {amount} điểm chỗ được lấp",
        "at least {amount} of filled weight lost",
    ),
    "cost.transfers": ("thêm ít nhất {amount} người chuyển đơn vị", "at least {amount} more transfers"),
    "cost.reassignments": (
        "thêm ít nhất {amount} người đổi vị trí",
        "at least {amount} more change position",
    ),
    "cost.training": ("thêm ít nhất {amount} người phải đào tạo", "at least {amount} more to train"),
    "cost.distance_hm": ("đường đi dài thêm ít nhất {amount} km", "at least {amount} km more to travel"),
    "cost.preferences": ("bớt ít nhất {amount} nguyện vọng", "at least {amount} fewer wishes met"),
    "cost.disturbance": (
        "đổi thêm ít nhất {amount} người so với phương án trước",
        "{amount} more changes of the plan",
    ),
    # What keeps a surplus person from the open places; the counts add up to all open places.
    "surplus.present": (
        "{unit} có {present} người {position} trên {places} chỗ",
        "{unit} has {present} people in {position} for {places} places",
    ),
    "surplus.none": ("cả bàn không còn chỗ trống nào", "no place is open anywhere"),
    "surplus.locked": ("{count} chỗ trống: đang bị khóa ({lock})", "{count} open places: locked ({lock})"),
    "surplus.fits": ("{count} chỗ trống: không đủ tiêu chuẩn", "{count} open places: not qualified"),
    "surplus.forbidden": ("{count} chỗ trống: đã bị cấm", "{count} open places: forbidden"),
    "surplus.stages": ("{count} chỗ trống: thuộc bước chưa mở", "{count} open places: of a stage not open"),
    "surplus.max_km": ("{count} chỗ trống: quá {limit} km", "{count} open places: over {limit} km away"),
    "surplus.quota": (
        "{count} chỗ trống: nơi nhận đã chạm trần biên chế",
        "{count} open places: the ceiling is met",
    ),
    "surplus.max_departures": (
        "{count} chỗ trống: đơn vị đã hết lượt cho người đi",
        "{count} open places: their unit has let as many go as it may",
    ),
    "surplus.limits": (
        "{count} chỗ trống: nhóm vị trí đã đủ số",
        "{count} open places: the group of positions is full",
    ),
    "surplus.other": (
        "{count} chỗ trống: nhận vào đó không làm phương án tốt hơn",
        "{count} open places: taking them would not make the plan better",
    ),
    # What keeps a place open; the counts add up to all people.
    "open.nobody": (
        "không ai trong {limit} vừa đủ tiêu chuẩn vừa rảnh",
        "nobody {limit} both qualifies and is free",
    ),
    "open.within": ("bán kính {km} km", "within {km} km"),
    "open.anywhere": ("cả bàn", "anywhere"),
    "open.worthless": ("lấp chỗ này không được điểm nào", "filling this place is worth nothing"),
    "open.there": ("{count} người đang giữ chỗ này", "{count} hold this place"),
    "open.fits": ("{count} người không đủ tiêu chuẩn", "{count} are not qualified"),
    "open.locked": ("{count} người bị khóa", "{count} are locked"),
    "open.forbidden": (
        "{count} người bị cấm hoặc đã ghim chỗ khác",
        "{count} are forbidden or pinned elsewhere",
    ),
    "open.stages": ("{count} người thuộc bước chưa mở", "{count} belong to a stage not open"),
    "open.max_km": ("{count} người ở quá xa", "{count} are too far away"),
    "open.quota": (
        "{count} người vướng trần biên chế của đơn vị này",
        "{count} are kept out by the unit's ceiling",
    ),
    "open.max_departures": (
        "{count} người ở đơn vị đã hết lượt cho đi",
        "{count} are in units that have let as many go as they may",
    ),
    "open.limits": (
        "{count} người vướng số tối đa của nhóm vị trí",
        "{count} are kept out by the limit of the group",
    ),
    "open.cover": (
        "{count} người đang giữ chỗ không được bỏ trống",
        "{count} hold a place that may not be emptied",
    ),
    "open.needed": ("{count} người đang cần ở chỗ khác", "{count} are needed where the plan has them"),
    "open.other": (
        "{count} người rảnh nhưng vướng quy tắc khác",
        "{count} are free but bound by another rule",
    ),
    # What one more qualified person is worth.
    "price.position": (
        "thêm một người đủ tiêu chuẩn {position} ở nơi cần nhất ({unit}) thì lấp thêm {weight} điểm",
        "one more person qualified for {position}, where most needed ({unit}), fills {weight} more of weight",
    ),
    "price.place": (
        "thêm một người đủ tiêu chuẩn {position} tại {unit} thì lấp thêm {weight} điểm",
        "one more person qualified for {position} at {unit} fills {weight} more of weight",
    ),
    "price.area": (
        "thêm một người đủ tiêu chuẩn {position} ở khu vực {area}, nơi cần nhất là {unit}, thì lấp thêm {weight} điểm",
        "one more person qualified for {position} in {area}, where most needed ({unit}), fills {weight} more of weight",
    ),
    "price.between": ("{what}; nhiều nhất là {most} điểm", "{what}; at most {most}"),
    "price.least": ("{what} hoặc hơn", "{what} or more"),
    "price.none": (
        "thêm người đủ tiêu chuẩn {position} không lấp thêm chỗ nào",
        "one more person qualified for {position} fills no more",
    ),
    # Pins that cannot all hold.
    "clash.two_places": (
        "{person} bị ghim vào hai chỗ khác nhau",
        "{person} is pinned to two different places",
    ),
    "clash.forbidden": (
        "{person} vừa bị ghim vừa bị cấm ở {unit}",
        "{person} is both pinned and forbidden at {unit}",
    ),
    "clash.fits": ("{person} không đủ tiêu chuẩn {position}", "{person} is not qualified for {position}"),
    "clash.locked": ("{person} đang bị khóa ({lock})", "{person} is locked ({lock})"),
    "clash.max_km": (
        "{person} → {unit}: {km} km, quá {limit} km",
        "{person} → {unit}: {km} km, over {limit} km",
    ),
    "clash.stages": ("{person} → {unit}: thuộc bước chưa mở", "{person} → {unit}: of a stage not open"),
    "clash.places": (
        "{unit} chỉ có {places} chỗ {position} mà ghim {pins} người",
        "{unit} has {places} places of {position} and {pins} people pinned to them",
    ),
    "clash.max_departures": (
        "{unit} chỉ được cho {cap} người đi mà ghim {pins} người đi",
        "{unit} may let {cap} go and {pins} are pinned elsewhere",
    ),
    "clash.together": (
        "{pins} ghim và {forbids} cấm không thể cùng đúng khi giữ: {rules}",
        "{pins} pins and {forbids} forbids cannot all hold while these are kept: {rules}",
    ),
}
