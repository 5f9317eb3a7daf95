"""What the frames of a post sum up to, and the form of its text: the same few numbers of each."""

from typing import NamedTuple

import numpy as np

from analysis.arrays import Flags, Floats, Ints
from analysis.compiled import compiled

_SIDES = 3  # poor, exceptional, against
_SURE = 3.0  # the weight of a frame that leaves no doubt
_REST = 0.3  # what the frames beside the best one count; chosen in the study, confirmed here
_FORM = 7


class Frames(NamedTuple):
    """What is known of each frame."""

    weight: Floats
    side: Ints
    reason: Ints  # the number of its side's reason
    reasons: int


class Words(NamedTuple):
    """What is asked of the words of a batch; per word unless said."""

    first: Ints  # per post: its first word, and one more
    sentence: Ints
    clause: Ints
    shouted: Flags
    number: Flags
    turns: Flags
    turned: Flags  # per clause: it begins with a "but"
    asked: Flags  # per sentence
    exclaimed: Flags  # per sentence
    quotes: Ints  # per post


@compiled
def frame_sums(frames: Frames, words: Words, of: Ints, begin: Ints, post: Ints) -> Floats:
    """Posts by sums: sides, sure ones, reasons, lead, and the sides in three places.

    `of` and `begin` are the frames that fire, in order, and their first words; `post` is of words.
    """
    posts = len(words.first) - 1
    reasons, lead = 2 * _SIDES, 2 * _SIDES + frames.reasons
    places = lead + 2
    sums = np.zeros((posts, places + 3 * _SIDES))
    rest = np.zeros((posts, _SIDES + frames.reasons))  # all weights of a side, of a reason
    last = np.full(posts, -1)  # the frame that fired there before: each counts once
    for span in range(len(of)):
        frame, word = of[span], begin[span]
        mine, row = post[word], sums[post[word]]
        weight, side, reason = frames.weight[frame], frames.side[frame], frames.reason[frame]
        first, end = words.first[mine], words.first[mine + 1] - 1
        if words.sentence[word] == words.sentence[first]:
            row[places + side] = max(row[places + side], weight)
        if words.sentence[word] == words.sentence[end]:
            row[places + _SIDES + side] = max(row[places + _SIDES + side], weight)
        if words.turned[words.clause[word]]:
            row[places + 2 * _SIDES + side] = max(row[places + 2 * _SIDES + side], weight)
        if frame == last[mine]:
            continue
        last[mine] = frame
        row[side] = max(row[side], weight)
        row[reasons + reason] = max(row[reasons + reason], weight)
        rest[mine, side] += weight
        rest[mine, _SIDES + reason] += weight
        if weight >= _SURE:
            row[_SIDES + side] = 0.5
    for mine in range(posts):
        row = sums[mine]
        for side in range(_SIDES):
            row[side] += _REST * (rest[mine, side] - row[side])
        row[lead], row[lead + 1] = max(row[0] - row[1], 0.0) / 2, max(row[1] - row[0], 0.0) / 2
        for side in range(_SIDES):
            row[side] /= 2
        for reason in range(frames.reasons):
            best = row[reasons + reason]
            row[reasons + reason] = (best + _REST * (rest[mine, _SIDES + reason] - best)) / 2
    return sums


@compiled
def form(words: Words, logs: Floats) -> Floats:
    """Posts by the form of their texts, each number about one at most.

    `logs` are the logarithms of a post's words: numpy's differ in the last digit from those here.
    """
    posts = len(words.first) - 1
    told = np.empty((posts, _FORM))
    for post in range(posts):
        first, after = words.first[post], words.first[post + 1]
        shouted = numbers = turns = sentences = asked = exclaimed = 0
        before = -1
        for word in range(first, after):
            shouted += words.shouted[word]
            numbers += words.number[word]
            turns += words.turns[word]
            sentence = words.sentence[word]
            if sentence != before:
                before = sentence
                sentences += 1
                asked += words.asked[sentence]
                exclaimed += words.exclaimed[sentence]
        told[post, 0] = logs[post] / 4
        told[post, 1] = asked / max(sentences, 1)
        told[post, 2] = 1.0 if exclaimed else 0.0
        told[post, 3] = shouted / max(after - first, 1)
        told[post, 4] = min(numbers, 3) / 3
        told[post, 5] = min(words.quotes[post], 4) / 4
        told[post, 6] = 1.0 if turns else 0.0
    return told
