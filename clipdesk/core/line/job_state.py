"""When a job starts, stops and needs consent: one state machine, without threads or Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto


class Decision(Enum):
    """What to do next, in the order given."""

    START_RECALL = auto()
    """Start a job that only searches the store. Nothing is sent."""
    START_FULL = auto()
    """Start a job that searches the store, then embeds the remaining images."""
    STOP_JOB = auto()
    """Stop the running job. `JobState.job_ended` follows."""
    ASK_CONSENT = auto()
    """Ask whether images and prompts may be sent."""
    END = auto()
    """Report that labelling has ended."""


class Job(Enum):
    """The kind of job that is running."""

    RECALL = auto()
    FULL = auto()


class Consent(Enum):
    """Whether the waiting images may be sent to the hosts of the encoder in use."""

    NOT_GIVEN = auto()
    ASKED = auto()
    GIVEN = auto()


@dataclass(frozen=True)
class JobState:
    """Everything that decides whether a job runs. Each event returns the next state and what to do.

    The rules: one job at a time. None starts while paused, while a model is loading, or after a cancel, refusal or
    failure until the person starts again, adds images or loads a model. Nothing is sent without consent: until then
    only the store is searched, and consent is requested once the search is complete, so that the number of images to
    send is known.

    >>> state = JobState(has_store=False)
    >>> state, _ = state.encoder_loaded(("clip.example",))
    >>> state.with_work(is_ready=True, has_labels=True).images_changed()[1]
    (<Decision.ASK_CONSENT: 4>,)
    """

    has_store: bool
    has_labels: bool = False
    is_ready: bool = False
    """There are labels, an encoder, and images without an embedding."""
    hosts: tuple[str, ...] = ()
    """Hosts that the encoder in use sends to; empty if it runs on this computer."""
    trusted_hosts: frozenset[tuple[str, ...]] = frozenset()
    """Hosts that were agreed to since the start: prompts may be sent there without asking again."""
    consent: Consent = Consent.NOT_GIVEN
    job: Job | None = None
    is_stopping: bool = False
    is_scanning: bool = False
    is_loading: bool = False
    is_paused: bool = False
    is_halted: bool = False
    """Cancelled, refused or failed: only a new start, new images or a new model continue."""
    is_recall_due: bool = True
    """The store may have embeddings of waiting images and has not been searched for them."""

    @property
    def may_send_images(self) -> bool:
        return not self.hosts or self.consent is Consent.GIVEN

    @property
    def may_send_prompts(self) -> bool:
        return not self.hosts or self.hosts in self.trusted_hosts

    # --- images and labels

    def with_work(self, *, is_ready: bool, has_labels: bool) -> JobState:
        """Return the state with what is known about the desk, which every event needs up to date."""
        return replace(self, is_ready=is_ready, has_labels=has_labels)

    def work_changed(self) -> Step:
        """Labels have changed, or images have been removed."""
        return self._continued()

    def images_changed(self) -> Step:
        """Images have been added or changed, so the store may know them."""
        return replace(self, is_recall_due=True)._continued()

    def rows_moving(self) -> Step:
        """Rows are about to move: results of a running job would no longer fit."""
        return self._stopped()

    def scan_started(self) -> Step:
        """The person has added files or folders."""
        return replace(self, is_halted=False, is_scanning=True), ()

    def scan_ended(self, *, is_scanning: bool) -> Step:
        """A scan has ended; `is_scanning` if another has begun."""
        return replace(self, is_scanning=is_scanning)._continued()

    # --- the model

    def load_started(self) -> Step:
        return replace(self, is_loading=True)._stopped()

    def load_failed(self) -> Step:
        """A model could not be loaded. The previous one stays in use."""
        return replace(self, is_loading=False)._continued()

    def encoder_loaded(self, hosts: tuple[str, ...]) -> Step:
        """Another encoder is in use. Consent given before holds only for the same hosts."""
        keeps_consent = self.consent is Consent.GIVEN and self.hosts == hosts
        return replace(
            self,
            is_loading=False,
            is_halted=False,
            is_recall_due=True,
            hosts=hosts,
            consent=Consent.GIVEN if keeps_consent else Consent.NOT_GIVEN,
        )._continued()

    # --- consent

    def prompts_need_consent(self) -> Step:
        """Prompts are not in the store and would have to be sent."""
        return self._asked()

    def consent_granted(self) -> Step:
        if not self.hosts:
            return self, ()
        return replace(self, consent=Consent.GIVEN, trusted_hosts=self.trusted_hosts | {self.hosts})._continued()

    def consent_refused(self) -> Step:
        return replace(self, consent=Consent.NOT_GIVEN, is_halted=True), (Decision.END,)

    def consent_withdrawn(self) -> Step:
        """The person has chosen this computer: nothing more is sent, to any host."""
        if not self.hosts:
            return self, ()
        return replace(self, consent=Consent.NOT_GIVEN, trusted_hosts=frozenset(), is_halted=True)._stopped()

    # --- the job

    def started(self) -> Step:
        """The person wants to start, or to continue after a cancel or failure."""
        return replace(self, is_halted=False, is_paused=False, is_recall_due=True)._continued()

    def paused(self) -> Step:
        return replace(self, is_paused=True)._stopped()

    def resumed(self) -> Step:
        return replace(self, is_paused=False)._continued()

    def cancelled(self) -> Step:
        state = replace(self, is_halted=True, is_paused=False)
        return state._stopped() if state.job is not None else (state, (Decision.END,))

    def job_ended(self, *, failed: bool) -> Step:
        """The job has finished, was stopped, or failed."""
        was_stopped = self.is_stopping
        search_incomplete = self.job is Job.RECALL and was_stopped
        state = replace(
            self,
            job=None,
            is_stopping=False,
            is_halted=self.is_halted or failed,
            is_recall_due=self.is_recall_due or search_incomplete,
        )
        if self.is_ready and not was_stopped and not failed:
            return state._continued()  # images came in meanwhile, or only the store was searched
        if not self.is_ready and self.consent is Consent.GIVEN:
            state = replace(state, consent=Consent.NOT_GIVEN)  # all done: consent does not cover later images
        return state._continued(Decision.END)

    def shut_down(self) -> Step:
        return replace(self, is_halted=True)._stopped()

    # --- decisions

    def _continued(self, *before: Decision) -> Step:
        """Start a job if everything for one is there, or ask for the consent that is missing."""
        is_busy = self.job is not None or self.is_loading
        if is_busy or self.is_paused or self.is_halted or not self.is_ready:
            return self, before
        if self.may_send_images:
            return self._with_job(Job.FULL), (*before, Decision.START_FULL)
        if self._must_search_first:
            return self._with_job(Job.RECALL), (*before, Decision.START_RECALL)
        return self._asked(*before)

    def _with_job(self, job: Job) -> JobState:
        return replace(self, job=job, is_stopping=False, is_recall_due=False)

    def _stopped(self) -> Step:
        if self.job is None:
            return self, ()
        return replace(self, is_stopping=True), (Decision.STOP_JOB,)

    def _asked(self, *before: Decision) -> Step:
        """Ask for consent once everything has been found and searched for, unless that is done already."""
        is_counting = self.is_scanning or self.is_loading or self.job is Job.RECALL or self._must_search_first
        is_askable = self.hosts and self.has_labels and self.consent is Consent.NOT_GIVEN
        if is_counting or self.is_halted or not is_askable:
            return self, before
        return replace(self, consent=Consent.ASKED), (*before, Decision.ASK_CONSENT)

    @property
    def _must_search_first(self) -> bool:
        return self.has_store and self.is_recall_due and self.is_ready


#: The state after an event, and what to do.
Step = tuple[JobState, tuple[Decision, ...]]
