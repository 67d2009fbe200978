"""What a host may put over everything: black, and the number on the television."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("rooms") as rooms:
        rooms.add_column(sa.Column("black", sa.Boolean(), nullable=False, server_default=sa.false()))
        rooms.add_column(sa.Column("code_until", sa.Double(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("rooms") as rooms:
        rooms.drop_column("code_until")
        rooms.drop_column("black")
