"""Real public input the program is run on, beside the invented practice council.

``working_group_2020.{kk,ru,en}.ndjson``: the working group on the concept of state policy in
interethnic relations, 2020, as public news of that year reported it, in our own words. The people
named spoke in public, in their public roles; nothing is added about them.

What the source does not say is not claimed:

- the day is not known (2020, during the quarantine); ``starts`` holds a placeholder and the meeting
  carries the tag ``date-not-known-exactly``;
- chair and secretary are not named, so those fields are empty;
- the six named members stand in the attached list without proof that they joined this conference
  (``presence-not-known-exactly``), and the five speakers without proof that they were invited
  rather than members (``capacity-not-known-exactly``);
- nothing was voted on: there is an outcome and no decision.

The format is that of ``record add --from FILE.ndjson``: one object per line, ``"@"`` names a record,
``"@label"`` refers to one made earlier in the same file, ``"kato:CODE"`` to a seeded place.
"""
