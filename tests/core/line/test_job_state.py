from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from clipdesk.core.line.job_state import Consent, Decision, Job, JobState, Step

SERVER = ("clip.example",)
OTHER = ("other.example",)

FULL, RECALL = Decision.START_FULL, Decision.START_RECALL
STOP, ASK, END = Decision.STOP_JOB, Decision.ASK_CONSENT, Decision.END

Event = Callable[[JobState], Step]


def local(**fields: Any) -> JobState:
    """An encoder on this computer, and images that wait."""
    return JobState(**{"has_store": True, "has_labels": True, "is_ready": True} | fields)


def remote(**fields: Any) -> JobState:
    """An encoder on a server, and images that wait; the store has been searched."""
    return local(**{"hosts": SERVER, "is_recall_due": False} | fields)


def after(state: JobState, *events: Event) -> Step:
    """The state after these events, and the decisions of the last one."""
    decisions: tuple[Decision, ...] = ()
    for event in events:
        state, decisions = event(state)
    return state, decisions


def ended(state: JobState) -> Step:
    return state.job_ended(failed=False)


def failed(state: JobState) -> Step:
    return state.job_ended(failed=True)


def done(state: JobState) -> Step:
    """The job has ended, and no image waits any more."""
    return replace(state, is_ready=False).job_ended(failed=False)


# --- starting


@pytest.mark.parametrize(
    "event",
    [
        JobState.work_changed,
        JobState.images_changed,
        JobState.started,
        JobState.resumed,
        JobState.load_failed,
        lambda state: state.scan_ended(is_scanning=False),
        lambda state: state.encoder_loaded(()),
    ],
)
def test_whatever_comes_last_starts_the_job(event: Event) -> None:
    state, decisions = event(local())

    assert decisions == (FULL,)
    assert state.job is Job.FULL


@pytest.mark.parametrize(
    "missing", [{"is_ready": False}, {"is_paused": True}, {"is_halted": True}, {"is_loading": True}]
)
def test_nothing_starts_without_work_or_while_paused_halted_or_loading(missing: dict[str, bool]) -> None:
    assert local(**missing).work_changed()[1] == ()
    assert local(**missing).images_changed()[1] == ()


def test_images_may_still_be_found_while_a_job_runs_here() -> None:
    assert local(is_scanning=True).images_changed()[1] == (FULL,)


def test_there_is_never_a_second_job() -> None:
    for event in (JobState.work_changed, JobState.images_changed, JobState.started, JobState.resumed):
        assert after(local(), JobState.work_changed, event)[1] == ()


def test_images_that_came_in_meanwhile_are_another_job() -> None:
    assert after(local(), JobState.work_changed, ended)[1] == (FULL,)


def test_a_finished_job_ends() -> None:
    state, decisions = after(local(), JobState.work_changed, done)

    assert decisions == (END,)
    assert state.job is None


# --- stopping


@pytest.mark.parametrize("event", [JobState.rows_moving, JobState.load_started, JobState.shut_down])
def test_what_makes_a_job_useless_stops_it(event: Event) -> None:
    state, decisions = after(local(), JobState.work_changed, event)

    assert decisions == (STOP,)
    assert state.is_stopping


@pytest.mark.parametrize("event", [JobState.rows_moving, JobState.load_started, JobState.shut_down, JobState.paused])
def test_without_a_job_there_is_nothing_to_stop(event: Event) -> None:
    assert event(local())[1] == ()


def test_a_job_whose_rows_moved_ends_and_starts_again() -> None:
    assert after(local(), JobState.work_changed, JobState.rows_moving, JobState.work_changed, ended)[1] == (END, FULL)


def test_pause_stops_the_job_and_resume_continues() -> None:
    state, decisions = after(local(), JobState.work_changed, JobState.paused)
    assert decisions == (STOP,)

    state, decisions = ended(state)
    assert decisions == (END,)
    assert state.images_changed()[1] == ()
    assert state.resumed()[1] == (FULL,)


def test_a_job_that_is_resumed_before_it_has_stopped_starts_again() -> None:
    assert after(local(), JobState.work_changed, JobState.paused, JobState.resumed, ended)[1] == (END, FULL)


def test_after_a_cancel_only_start_new_images_or_a_new_model_continue() -> None:
    state, decisions = after(local(), JobState.work_changed, JobState.cancelled)
    assert decisions == (STOP,)
    state, decisions = ended(state)
    assert decisions == (END,)

    for event in (JobState.work_changed, JobState.images_changed, JobState.resumed, JobState.load_failed):
        assert event(state)[1] == ()
    assert state.started()[1] == (FULL,)
    assert after(state, JobState.scan_started, JobState.images_changed)[1] == (FULL,)
    assert state.encoder_loaded(())[1] == (FULL,)


def test_a_cancel_without_a_job_ends_at_once_and_also_ends_a_pause() -> None:
    state, decisions = local(is_paused=True).cancelled()

    assert decisions == (END,)
    assert not state.is_paused


def test_a_failed_job_ends_and_does_not_restart_by_itself() -> None:
    state, decisions = after(local(), JobState.work_changed, failed)

    assert decisions == (END,)
    assert state.images_changed()[1] == ()
    assert state.started()[1] == (FULL,)


def test_a_load_that_fails_continues_with_the_previous_model() -> None:
    state, _ = after(local(), JobState.work_changed, JobState.load_started, ended)

    assert state.load_failed()[1] == (FULL,)


# --- consent


def test_the_store_is_searched_before_anybody_is_asked() -> None:
    state, decisions = remote().images_changed()
    assert decisions == (RECALL,)

    state, decisions = ended(state)
    assert decisions == (ASK,)
    assert state.consent is Consent.ASKED
    assert state.consent_granted()[1] == (FULL,)


def test_when_the_store_has_everything_nobody_is_asked() -> None:
    assert after(remote(), JobState.images_changed, done)[1] == (END,)


def test_without_a_store_it_is_asked_at_once() -> None:
    assert remote(has_store=False, is_recall_due=True).images_changed()[1] == (ASK,)


def test_nobody_is_asked_before_all_images_are_found() -> None:
    state = remote(is_scanning=True)
    state, decisions = after(state, JobState.images_changed, ended)
    assert decisions == ()

    assert state.scan_ended(is_scanning=True)[1] == ()
    assert state.scan_ended(is_scanning=False)[1] == (ASK,)


def test_it_is_asked_once() -> None:
    state, decisions = remote().work_changed()
    assert decisions == (ASK,)

    for event in (JobState.work_changed, JobState.prompts_need_consent, JobState.started):
        state, decisions = after(state, event)
        assert ASK not in decisions


def test_a_refusal_ends_and_only_a_new_start_asks_again() -> None:
    state, decisions = after(remote(), JobState.work_changed, JobState.consent_refused)
    assert decisions == (END,)

    assert state.images_changed()[1] == ()
    assert state.prompts_need_consent()[1] == ()
    assert after(state, JobState.started, ended)[1] == (ASK,)


def test_consent_covers_the_job_and_prompts_until_the_end() -> None:
    state, _ = after(remote(), JobState.work_changed, JobState.consent_granted, done)

    assert state.may_send_prompts
    assert not state.may_send_images
    more = replace(state, is_ready=True)
    assert after(more, JobState.images_changed, ended)[1] == (ASK,)


def test_consent_outlives_a_failure_and_a_pause() -> None:
    state, _ = after(remote(), JobState.work_changed, JobState.consent_granted)

    assert after(state, failed, JobState.started)[1] == (FULL,)
    assert after(state, JobState.paused, ended, JobState.resumed)[1] == (FULL,)


def test_consent_is_for_the_same_hosts_only() -> None:
    state, _ = after(remote(), JobState.work_changed, JobState.consent_granted, JobState.load_started, ended)

    assert state.encoder_loaded(SERVER)[1] == (FULL,)
    assert state.encoder_loaded(OTHER)[1] == (RECALL,)
    assert not state.encoder_loaded(OTHER)[0].may_send_prompts


def test_withdrawn_consent_stops_the_job_and_covers_no_prompt() -> None:
    state, decisions = after(remote(), JobState.work_changed, JobState.consent_granted, JobState.consent_withdrawn)

    assert decisions == (STOP,)
    assert not state.may_send_prompts
    assert not state.may_send_images
    assert after(state, ended)[1] == (END,)


def test_prompts_need_consent_too() -> None:
    state = remote(is_ready=False)

    assert state.prompts_need_consent()[1] == (ASK,)
    assert remote(is_ready=False, has_labels=False).prompts_need_consent()[1] == ()
    assert remote(is_ready=False, is_scanning=True).prompts_need_consent()[1] == ()


def test_prompts_wait_for_the_search_of_the_store() -> None:
    assert remote(is_recall_due=True).prompts_need_consent()[1] == ()
    assert after(remote(), JobState.images_changed, JobState.prompts_need_consent)[1] == ()


def test_nobody_is_asked_about_a_server_while_another_model_is_loading() -> None:
    state, _ = remote(is_ready=False).load_started()

    assert state.prompts_need_consent()[1] == ()
    assert after(state, JobState.load_failed, JobState.prompts_need_consent)[1] == (ASK,)


def test_here_no_consent_is_needed() -> None:
    assert local().prompts_need_consent()[1] == ()
    assert local().consent_granted() == (local(), ())
    assert local().consent_withdrawn() == (local(), ())


def test_a_search_that_was_stopped_is_due_again() -> None:
    state, _ = after(remote(), JobState.images_changed, JobState.paused, ended)

    assert state.resumed()[1] == (RECALL,)


# --- any sequence of events


class Window(RuleBasedStateMachine):
    """Any sequence of events, against a record of what has been agreed to, asked and started."""

    def __init__(self) -> None:
        super().__init__()
        self.state = JobState(has_store=False)
        self.running: Decision | None = None
        self.agreed: tuple[str, ...] | None = None  # hosts that images may go to
        self.is_asked = False
        self.is_held = False  # cancelled, refused, failed or withdrawn
        self.is_settled = False  # the last event let the machine continue

    def take(self, step: Step, *, is_settled: bool = True) -> None:
        self.state, decisions = step
        self.is_settled = is_settled
        for decision in decisions:
            match decision:
                case Decision.START_FULL | Decision.START_RECALL:
                    assert self.running is None, "two jobs"
                    assert not (self.state.is_paused or self.state.is_loading or self.is_held)
                    assert self.state.is_ready
                    if decision is FULL:
                        assert not self.state.hosts or self.agreed == self.state.hosts, "sent without consent"
                    else:
                        assert self.state.has_store
                    self.running = decision
                case Decision.STOP_JOB:
                    assert self.running is not None
                case Decision.ASK_CONSENT:
                    assert self.state.hosts
                    assert not (self.is_asked or self.is_held or self.state.is_scanning or self.state.is_loading)
                    self.is_asked = True
                case Decision.END:
                    assert self.running is None

    @rule(has_store=st.booleans())
    @precondition(lambda self: self.running is None)
    def use_store(self, has_store: bool) -> None:
        self.state = replace(self.state, has_store=has_store)
        self.is_settled = False

    @rule(is_ready=st.booleans(), has_labels=st.booleans())
    def change_work(self, is_ready: bool, has_labels: bool) -> None:
        state = self.state.with_work(is_ready=is_ready and has_labels, has_labels=has_labels)
        self.take(state.work_changed())

    @rule()
    def change_images(self) -> None:
        self.take(self.state.images_changed())

    @rule()
    def move_rows(self) -> None:
        self.take(self.state.rows_moving(), is_settled=False)

    @rule()
    def start_scan(self) -> None:
        self.is_held = False
        self.take(self.state.scan_started(), is_settled=False)

    @rule(is_scanning=st.booleans())
    @precondition(lambda self: self.state.is_scanning)
    def end_scan(self, is_scanning: bool) -> None:
        self.take(self.state.scan_ended(is_scanning=is_scanning))

    @rule()
    def start_load(self) -> None:
        self.take(self.state.load_started())

    @rule()
    @precondition(lambda self: self.state.is_loading)
    def fail_load(self) -> None:
        self.take(self.state.load_failed())

    @rule(hosts=st.sampled_from([(), SERVER, OTHER]))
    @precondition(lambda self: self.state.is_loading and self.running is None)  # the worker does one at a time
    def load(self, hosts: tuple[str, ...]) -> None:
        self.is_held = self.is_asked = False
        if hosts != self.state.hosts:
            self.agreed = None
        self.take(self.state.encoder_loaded(hosts))

    @rule()
    def need_prompts(self) -> None:
        self.take(self.state.prompts_need_consent(), is_settled=False)

    @rule()
    @precondition(lambda self: self.is_asked)
    def agree(self) -> None:
        self.is_asked, self.agreed = False, self.state.hosts
        self.take(self.state.consent_granted())

    @rule()
    @precondition(lambda self: self.is_asked)
    def refuse(self) -> None:
        self.is_asked, self.is_held = False, True
        self.take(self.state.consent_refused())

    @rule()
    def withdraw(self) -> None:
        if self.state.hosts:
            self.is_asked, self.is_held, self.agreed = False, True, None
        self.take(self.state.consent_withdrawn(), is_settled=False)

    @rule()
    def start(self) -> None:
        self.is_held = False
        self.take(self.state.started())

    @rule()
    def pause(self) -> None:
        self.take(self.state.paused())

    @rule()
    def resume(self) -> None:
        self.take(self.state.resumed())

    @rule()
    def cancel(self) -> None:
        self.is_held = True
        self.take(self.state.cancelled())
        assert not self.state.is_paused

    @rule(failed=st.booleans(), is_ready=st.booleans())
    @precondition(lambda self: self.running is not None)
    def end_job(self, failed: bool, is_ready: bool) -> None:
        self.running = None
        self.is_held |= failed
        state = self.state.with_work(is_ready=is_ready and self.state.has_labels, has_labels=self.state.has_labels)
        if not state.is_ready:
            self.agreed = None  # consent covers the images that waited
        self.take(state.job_ended(failed=failed))

    @invariant()
    def agrees_with_the_record(self) -> None:
        assert (self.state.job is not None) == (self.running is not None)
        assert self.state.is_halted == self.is_held
        assert (self.state.consent is Consent.ASKED) == self.is_asked
        assert not self.state.hosts or not self.state.may_send_images or self.agreed == self.state.hosts

    @invariant()
    def waits_for_nothing(self) -> None:
        """When all is there, a job runs, or consent is asked for, or will be once all images are found."""
        state = self.state
        is_held_up = state.is_paused or state.is_loading or state.is_halted or not state.is_ready
        if self.is_settled and not is_held_up:
            assert state.job is not None or self.is_asked or state.is_scanning


TestAnySequenceOfEvents = Window.TestCase
TestAnySequenceOfEvents.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)
