"""Which lines a segment seals (a copied disk gives one number two lines), and what came with which file.

Revision ID: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("segment", sa.Column("tags", sa.LargeBinary(), nullable=True))
    op.add_column("segment", sa.Column("intake", sa.BigInteger(), nullable=True))
    op.add_column("waiting", sa.Column("undone", sa.Boolean(), nullable=True))
