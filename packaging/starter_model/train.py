"""Train the starter model: `python packaging/starter_model/train.py --archives DIR --work DIR [--teacher DIR]`.

Resumable (run it again), seeded, logged to `WORK/run.jsonl`; the finished model is `WORK/starter`. Everything is
trained from scratch, first the image tower, then the texts: see `network.py`, `batches.py` and `loss.py`. A teacher,
any open_clip model, helps: its embeddings of the photos are imitated; and, taught the concepts itself, it says what is
in each view of a photo that the student learns from (soft labels, Hinton et al. 2015).
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import random
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import augment
import data
import numpy as np
import open_clip
import teacher
import torch
from batches import PHOTOS, TEXT_SHARES, Batch, Sources
from concepts import ON_A_FLOWER, load_vocabulary
from evaluate import accuracy, text_vectors
from export import export_model, silence_dead_channels
from loss import FamilyLoss
from network import SIDE, Student
from safetensors.torch import load_file
from torch.nn import functional

from clipdesk.encoders.local.torch_candidates import cpu_multiplies_bf16

#: The share of the training at which the learning rate begins to fall.
DESCENT = 0.2
#: Steps between two looks at the weights for their average, and how much of it stays at each.
AVERAGE_EVERY, AVERAGE_KEEPS = 4, 0.992
SAVE_EVERY_S = 240
#: Batches of so many pictures that the shipped statistics are taken from.
STATISTICS_BATCHES, STATISTICS_BATCH = 80, 192
#: Of the pictures of what often sits on a flower, those that the teacher finds most like one: seen to be right.
FLOWERS, FLOWER_TEXTS = 200, ["a flower", "a photo of a blossom", "a daisy", "a sunflower"]
#: The learning rate of the teacher, which is no beginner, while it is taught the concepts; its classifier is one.
EXPERT_RATE, CLASSIFIER_FASTER = 1e-4, 30.0
#: Where the seeds of the batches begin that it is taught with.
EXPERT_SEED = 1_000_000_000
#: Pictures in a step in which texts learn, and how many are embedded for it.
TEXT_BATCH, TEXT_PICTURES = 2_048, 110_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archives", type=Path, required=True, help="folder with the .tar.xz of pictures")
    parser.add_argument("--work", type=Path, required=True, help="where arrays, checkpoints and the log are kept")
    parser.add_argument("--teacher", type=Path, help="an open_clip local-dir model whose embeddings are imitated")
    parser.add_argument("--start", type=Path, help="a finished starter model to train further")
    parser.add_argument("--keep", type=float, default=0.0, help="how much of START is in the end averaged with it")
    parser.add_argument("--steps", type=int, default=12_000, help="the default takes a night on two cores")
    parser.add_argument("--batch", type=int, default=192, help="pictures in a step")
    parser.add_argument("--drawings", type=int, default=40_000, help="how many pictures the trainer draws itself")
    parser.add_argument("--scenes", type=int, default=24, help="how many turns of each sample picture it draws")
    parser.add_argument("--text-steps", type=int, default=3_000, help="steps at the end in which the texts learn")
    parser.add_argument("--expert-steps", type=int, default=1_000, help="steps in which the teacher learns")
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--name", default="run")
    options = parser.parse_args()
    trainer = Trainer(options)
    trainer.run()
    finished = trainer.finish()
    export_model(options.archives, options.work, finished.stem, options.work / "starter")


class Trainer:
    """One training run: what it has learned so far is in WORK/NAME.pt."""

    def __init__(self, options: argparse.Namespace) -> None:
        torch.manual_seed(0)
        self.options = options
        self.device = options.device
        self.step = 0
        options.work.mkdir(parents=True, exist_ok=True)
        self.checkpoint: Path = options.work / f"{options.name}.pt"
        self.words = load_vocabulary(options.archives / "tinyimagenet-classes.tsv")
        self.sources = Sources(
            options.archives, options.work, self.words, options.drawings, options.scenes, self.device
        )
        self.val = data.tiny_imagenet(options.archives, options.work, "val", self.words)
        # Half the bytes to move: 1.5 to 2 times as fast, where the processor can.
        self.is_half = self.device != "cpu" or cpu_multiplies_bf16()
        self.family_loss = FamilyLoss(self.words, self.device)
        self._ask_teacher()
        self.named = {
            source: torch.tensor([self.words.index(name) for name in pictures.names], device=self.device)
            for source, pictures in self.sources.photos.items()
        }
        self.expert = self._make_expert() if options.teacher is not None else None
        self.ask_expert = None if self.expert is None else teacher.answers(self.expert, SIDE, self.device)
        self.tokenizer = open_clip.SimpleTokenizer(context_length=32)
        dimension = self.known["tiny"].shape[1] if self.known else 0
        self.student = Student(len(self.words.names), dimension).to(self.device, memory_format=torch.channels_last)
        with torch.no_grad():
            self.student.clip.logit_scale.fill_(math.log(20.0))
        self.average = copy.deepcopy(self.student).eval()
        self.optimizer = self._make_optimizer()
        self.mean, self.std = (
            torch.tensor(values, device=self.device).reshape(1, 3, 1, 1) for values in (augment.MEAN, augment.STD)
        )
        if self.checkpoint.exists():
            self._resume()
        elif options.start is not None:
            self._start_from(options.start)

    def _ask_teacher(self) -> None:
        # The teacher's embeddings (n, dimension) of a source's pictures, less their mean and of length 1: what all of a
        # source share says nothing about what is on them.
        self.known: dict[str, torch.Tensor] = {}
        if self.options.teacher is None:
            return
        work = self.options.work
        for source, pictures in self.sources.photos.items():
            found = teacher.embeddings(self.options.teacher, pictures, work / f"teacher_{source}.npy", self.device)
            vectors = torch.tensor(found.astype(np.float32))
            self.known[source] = functional.normalize(vectors - vectors.mean(0), dim=1).to(self.device)
        tiny = self.sources.photos["tiny"]
        vectors = np.load(work / "teacher_tiny.npy").astype(np.float32)
        rows = np.flatnonzero(np.isin(tiny.classes, [tiny.names.index(name) for name in ON_A_FLOWER]))
        flowers = teacher.closest(self.options.teacher, vectors[rows], FLOWER_TEXTS, FLOWERS)
        self.sources.set_flowers(rows[flowers])

    def _make_expert(self) -> teacher.Expert:
        """The teacher that was taught the concepts, in WORK/expert.pt."""
        expert = teacher.Expert(self.options.teacher, len(self.words.names))
        expert = expert.to(self.device, memory_format=torch.channels_last)
        path = self.options.work / "expert.pt"
        if path.exists():
            expert.load_state_dict(torch.load(path, map_location=self.device, weights_only=True))
        else:
            self._teach(expert)
            _write(expert.state_dict(), path)
        return expert.eval().requires_grad_(False)

    def _teach(self, expert: teacher.Expert) -> None:
        head = list(expert.classifier.parameters())
        groups = [{"params": list(expert.visual.parameters())}, {"params": head, "faster": CLASSIFIER_FASTER}]
        optimizer = torch.optim.AdamW(groups, lr=EXPERT_RATE, weight_decay=0.05, betas=(0.9, 0.98), fused=True)
        steps = self.options.expert_steps
        expert.train()
        expert.visual.eval()  # its statistics of normalisation stay those that it came with
        for step in range(steps):
            for group in optimizer.param_groups:
                warm = min(1.0, (step + 1) / (0.1 * steps))
                group["lr"] = EXPERT_RATE * group.get("faster", 1.0) * warm * (1 - step / steps)
            batch = self.sources.sample(self.options.batch, SIDE, EXPERT_SEED + step)
            with self._in_half():
                logits = expert(batch.x).float()
            loss = self.family_loss(logits, batch.shows, batch.maybe)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(expert.parameters(), 3.0)
            optimizer.step()
            if step % 100 == 99:
                self._log({"expert_step": step + 1, "loss": round(float(loss.detach()), 4)})
        self._log({f"expert_{key}": value for key, value in self._val_accuracy(expert.eval()).items()})

    def _make_optimizer(self) -> torch.optim.Optimizer:
        texts = {id(parameter) for parameter in self.student.clip.text.parameters()}
        scale = self.student.clip.logit_scale
        others = [p for p in self.student.parameters() if id(p) not in texts and p is not scale]
        self.learning = [*others, scale]
        return torch.optim.AdamW(
            [
                {"params": [p for p in others if p.ndim > 1], "weight_decay": 0.05},
                {"params": [p for p in others if p.ndim == 1], "weight_decay": 0.0},
                {"params": [scale], "weight_decay": 0.0, "faster": 5.0},
            ],
            lr=self.options.rate,
            betas=(0.9, 0.98),
            fused=True,
        )

    def run(self) -> None:
        """Train to the last step, saving every few minutes."""
        steps = self.options.steps
        saved = logged = time.monotonic()
        losses: dict[str, list[torch.Tensor]] = {}
        since = self.step
        while self.step < steps:
            self._set_rate(self.step / steps)
            for name, value in self._train_step().items():
                losses.setdefault(name, []).append(value)
            self.step += 1
            if self.step % 100 == 0:
                speed = (self.step - since) * self.options.batch / (time.monotonic() - logged)
                self._log({"step": self.step, "images_per_s": round(speed), **self._means(losses)})
                losses, since, logged = {}, self.step, time.monotonic()
            if self.step == round(DESCENT * steps):
                # A longer training can start from here.
                self._save(self.checkpoint.with_stem(f"{self.options.name}-before-descent"))
            if time.monotonic() - saved > SAVE_EVERY_S or self.step == steps:
                self._save(self.checkpoint)
                saved = time.monotonic()

    def finish(self) -> Path:
        """Make the model that is shipped of what was trained; return its checkpoint. The training's own stays."""
        self.keep_some_of_start()
        self.renew_statistics()
        self.learn_texts()
        finished = self.checkpoint.with_stem(f"{self.options.name}-finished")
        self._save(finished)
        return finished

    def learn_texts(self) -> None:
        """Teach the text tower where the pictures of each concept are; the image tower stays as it is.

        A text shall name the pictures that it is true of, as in any CLIP, and come to lie on its concept's prototype.
        The pictures are embedded once: then a step costs no more than its texts.
        """
        student = self.average
        silence_dead_channels(student.clip.state_dict())
        student.eval()
        images, shows, maybe = self._embedded_pictures(student)
        prototypes = student.embed_concepts().detach()
        learning = [*student.clip.text.parameters(), student.clip.logit_scale]
        optimizer = torch.optim.AdamW(learning, lr=2e-3, weight_decay=0.01, fused=True)
        rng = np.random.default_rng(self.step)
        for step in range(self.options.text_steps):
            share = step / self.options.text_steps
            optimizer.param_groups[0]["lr"] = 2e-3 * min(1.0, (step + 1) / 100) * (1 - share)
            rows = torch.from_numpy(rng.integers(len(images), size=TEXT_BATCH)).to(self.device)
            scale = student.clip.logit_scale.exp().clamp(max=60)
            texts = self._named_concepts(student, self.options.steps + step)
            named = self.family_loss(scale * images[rows].float() @ texts.T, shows[rows], maybe[rows])
            placed = (1 - (texts * prototypes).sum(1)).mean()
            optimizer.zero_grad()
            (named + 5.0 * placed).backward()
            torch.nn.utils.clip_grad_norm_(learning, 1.0)
            optimizer.step()
            if step % 200 == 0:
                line = {
                    "text_step": step,
                    "text": round(float(named.detach()), 4),
                    "placed": round(float(placed.detach()), 4),
                }
                self._log(line | (self._accuracy(student, texts=True) if step % 1000 == 0 else {}))

    @torch.no_grad()
    def keep_some_of_start(self) -> None:
        """Average the image tower with the one that this training began with: better than either of them where both
        are of one descent (Wortsman et al. 2022, “Robust fine-tuning of zero-shot models”)."""
        if self.options.start is None or not self.options.keep:
            return
        weights = load_file(self.options.start / "open_clip_model.safetensors")
        for name, learned in self.average.clip.visual.state_dict().items():
            if learned.dtype.is_floating_point:
                learned.lerp_(weights[f"visual.{name}"].to(learned), self.options.keep)

    @torch.no_grad()
    def renew_statistics(self) -> None:
        """Take means and variances for the averaged weights anew, three quarters from whole pictures: those of the
        training are of crops alone, and of weights that moved (as stochastic weight averaging has it, Izmailov et al.
        2018). Crops alone name 0.7 points more of Tiny ImageNet, whole pictures alone 3 more of what is sharp."""
        network = self.average
        norms = [module for module in network.modules() if isinstance(module, torch.nn.modules.batchnorm._BatchNorm)]
        for norm in norms:
            norm.reset_running_stats()
            norm.momentum = None  # all batches count the same
            norm.train()
        for i in range(STATISTICS_BATCHES):
            count = STATISTICS_BATCH
            x = self.sources.whole(count, SIDE, i) if i % 4 else self.sources.sample(count, SIDE, i).x
            network.features(((x - self.mean) / self.std).contiguous(memory_format=torch.channels_last))
        network.eval()

    @torch.no_grad()
    def _embedded_pictures(self, student: Student) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Embeddings (half precision) of many pictures, with what they show and may show."""
        parts = []
        for i in range(math.ceil(TEXT_PICTURES / self.options.batch)):
            batch = self.sources.sample(self.options.batch, SIDE, self.options.steps + i, TEXT_SHARES)
            found = student.embed_features(self._features(student, batch.x))
            parts.append((found.half(), batch.shows, batch.maybe))
        images, shows, maybe = (torch.cat(part) for part in zip(*parts, strict=True))
        return images, shows, maybe

    def _set_rate(self, share: float) -> None:
        """Warm up, stay, then go down to nothing."""
        warm = min(1.0, (self.step + 1) / 300)
        descent = min(1.0, (1 - share) / (1 - DESCENT))
        rate = self.options.rate * warm * descent + 1e-6
        for group in self.optimizer.param_groups:
            group["lr"] = rate * group.get("faster", 1.0)

    def _features(self, student: Student, x: torch.Tensor) -> torch.Tensor:
        x = ((x - self.mean) / self.std).contiguous(memory_format=torch.channels_last)
        with self._in_half():
            return student.features(x).float()

    def _in_half(self) -> torch.autocast:
        return torch.autocast(torch.device(self.device).type, torch.bfloat16, enabled=self.is_half)

    def _train_step(self) -> dict[str, torch.Tensor]:
        """One step; the parts of the loss by name."""
        batch = self.sources.sample(self.options.batch, SIDE, self.step)
        features = self._features(self.student, batch.x)
        direct = self.student.classifier(features)
        scale = self.student.clip.logit_scale.exp().clamp(max=60)
        near = scale * self.student.embed_features(features) @ self.student.embed_concepts().T
        parts = {
            "direct": self.family_loss(direct, batch.shows, batch.maybe),
            "near": self.family_loss(near, batch.shows, batch.maybe),
        }
        if self.ask_expert is not None:
            parts |= self._teacher_losses(self.ask_expert, batch, features, [direct, near])
        total = torch.stack(list(parts.values())).sum()
        self.optimizer.zero_grad()
        total.backward()
        torch.nn.utils.clip_grad_norm_(self.learning, 3.0)
        self.optimizer.step()
        if self.step % AVERAGE_EVERY == 0:
            self._follow()
        return {name: value.detach() for name, value in parts.items()}

    def _teacher_losses(
        self,
        ask_expert: Callable[[torch.Tensor], torch.Tensor],
        batch: Batch,
        features: torch.Tensor,
        guesses: list[torch.Tensor],
    ) -> dict[str, torch.Tensor]:
        """What the teacher's embeddings of the pictures, and the expert's answers to the views, ask of the student."""
        centred = torch.cat([self.known[source][batch.rows[source]] for source in PHOTOS])
        imitated = functional.normalize(self.student.imitation(features[: len(centred)]), dim=-1)
        with torch.no_grad(), self._in_half():
            said = ask_expert(batch.x[: len(centred)]).float()
        soft = torch.zeros((), device=self.device)
        start = 0
        for source in PHOTOS:
            rows = slice(start, start := start + len(batch.rows[source]))
            places = self.named[source]
            target = functional.softmax(said[rows][:, places], dim=1)
            for logits in guesses:
                soft = soft - (target * functional.log_softmax(logits[rows][:, places], dim=1)).sum()
        return {"teacher": 1.5 * (1 - (imitated * centred).sum(1)).mean(), "soft": soft / len(centred)}

    def _named_concepts(self, student: Student, step: int) -> torch.Tensor:
        """Embeddings (concepts, dimension) of one way of saying each concept, another one at every step."""
        rng = random.Random(step)
        said = [self.words.sample_text(i, rng) for i in range(len(self.words.names))]
        return student.embed_tokens(self.tokenizer(said).to(self.device))

    @torch.no_grad()
    def _follow(self) -> None:
        """The exponential moving average of the weights, which is what is shipped."""
        seen = self.step // AVERAGE_EVERY
        keeps = min(AVERAGE_KEEPS, (seen + 1) / (seen + 20))
        new_state = self.student.state_dict()
        pairs = [
            (kept, new_state[name])
            for name, kept in self.average.state_dict().items()
            if not name.startswith("clip.text.")  # It learns at the very end.
        ]
        moving = [pair for pair in pairs if pair[0].dtype.is_floating_point]
        torch._foreach_lerp_([kept for kept, _ in moving], [new for _, new in moving], 1 - keeps)

    def _means(self, losses: dict[str, list[torch.Tensor]]) -> dict[str, float]:
        """The losses since the last line, and from time to time the accuracy."""
        line = {name: round(float(torch.stack(values).mean()), 4) for name, values in losses.items()}
        if self.step % 400 == 0 or self.step == self.options.steps:
            line |= self._accuracy(self.average, texts=False)
        return line

    def _accuracy(self, student: Student, *, texts: bool) -> dict[str, float]:
        """Of a student that names by texts, or by prototypes."""
        student.eval()
        count = len(self.words.wnids)
        if texts:
            labels = text_vectors(student.clip, self.words, count)
        else:
            labels = student.embed_concepts()[:count].detach()
        return self._val_accuracy(lambda x: student.embed_features(self._features(student, x)) @ labels.T)

    def _val_accuracy(self, name: Callable[[torch.Tensor], torch.Tensor]) -> dict[str, float]:
        """On a fifth of the held-back pictures; `name` scores the concepts, of which the first are asked for."""
        count = len(self.words.wnids)
        fifth = (self.val.pixels[::5], self.val.classes[::5])
        top1, top5 = accuracy(lambda x: name(x)[:, :count], *fifth, SIDE, self.device)
        return {"val_top1": round(top1, 4), "val_top5": round(top5, 4)}

    def _save(self, path: Path) -> None:
        state = {
            "step": self.step,
            "student": self.student.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
        }
        _write(state, path)

    def _resume(self) -> None:
        state = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
        self.step = state["step"]
        self.student.load_state_dict(state["student"])
        self.average.load_state_dict(state["average"])
        self.optimizer.load_state_dict(state["optimizer"])
        print(f"resumed at step {self.step}", flush=True)

    @torch.no_grad()
    def _start_from(self, model: Path) -> None:
        """Take the weights of a finished model; the heads, which are not in it, say at first what its texts say."""
        student = self.student
        student.clip.load_state_dict(load_file(model / "open_clip_model.safetensors"))
        student.clip.logit_scale.fill_(math.log(20.0))
        student.prototypes.copy_(text_vectors(student.clip, self.words, len(self.words.names)))
        projection = student.clip.visual.trunk.get_classifier()
        batch = self.sources.sample(self.options.batch, SIDE, 0)
        length = projection(self._features(student.eval(), batch.x)).norm(dim=1).mean()
        towards = 20.0 / length * student.prototypes
        student.classifier.weight.copy_(towards @ projection.weight)
        student.classifier.bias.copy_(towards @ projection.bias)
        student.train()
        self.average.load_state_dict(student.state_dict())

    def _log(self, line: dict[str, Any]) -> None:
        text = json.dumps(line)
        print(text, flush=True)
        with self.checkpoint.with_suffix(".jsonl").open("a", encoding="utf-8") as file:
            file.write(text + "\n")


def _write(state: Mapping[str, Any], path: Path) -> None:
    """Whole or not at all: training may be stopped at any time."""
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


if __name__ == "__main__":
    main()
