"""The tables are what the models say, from empty."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from companion import migrations
from companion.models.base import Base


def test_upgrading_an_empty_database_gives_what_the_models_say():
    engine = create_engine("sqlite://")
    with engine.connect() as kept:
        del kept
        migrations.upgrade(engine)
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, Base.metadata) == []


def test_the_question_which_rooms_are_due_has_an_index():
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    assert any(index["column_names"] == ["next_due_at"] for index in inspect(engine).get_indexes("rooms"))


def test_deleting_a_room_leaves_nothing_of_it(app, time):
    from companion import database
    from tests.people import Evening

    evening = Evening(app, time)
    host, guest = evening.host(), evening.guest()
    host.do("start")
    evening.later(22, step=1)
    guest.do("vote", cue_id="first-smell", option_id="rain")
    guest.do("react", counts={"💛": 1}, position=20)
    guest.do("flag", cue_id="first-smell", reason="Hm")
    host.do("mark", scene_id="foyer")
    host.do("delete_room")
    with database.reading() as session:
        connection = session.connection()
        left = {
            table: connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
            for table in (
                "rooms",
                "guests",
                "votes",
                "reactions",
                "marks",
                "room_cues",
                "room_hosts",
                "acts",
                "screens",
            )
        }
        flag = connection.exec_driver_sql(
            "SELECT room_id, guest_id, reason FROM flags ORDER BY flag_id DESC"
        ).first()
    assert not any(left.values()), left
    assert tuple(flag) == (None, None, "Hm")
    evening.close()
