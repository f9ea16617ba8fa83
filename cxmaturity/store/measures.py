"""`measures.toml`: imported figures, wave by wave, saved one series at a time."""

from __future__ import annotations

from pathlib import Path

from cxmaturity.model.measures import MeasuresFile, Series
from cxmaturity.store.canonical import canonical
from cxmaturity.store.engagement_folder import read_part
from cxmaturity.store.optional_files import MEASURES
from cxmaturity.store.revision import Revision, save
from cxmaturity.store.validation import unchangeable


def read_measures(folder: Path) -> MeasuresFile:
    """The figures of the engagement in ``folder``; none where none were imported.

    Raises InputError with everything that is wrong with the file.
    """
    return read_part(folder, MEASURES).content


def measures_revision(folder: Path) -> Revision:
    """Which version of the figures is there now: for `save_series`, asked before reading them."""
    return read_part(folder, MEASURES).version.revision


def save_series(folder: Path, measure: str, series: Series | None, loaded: Revision) -> Revision:
    """Keep all waves of one measure, the earliest first; None takes the measure away.

    Returns the new revision.  Raises ConflictError when the file was changed since ``loaded``,
    StoreError when the disk refuses.
    """
    measures = dict(read_measures(folder).measures)
    measures.pop(measure, None)
    if series is not None:
        waves = sorted(series.waves, key=lambda wave: (wave.ends, wave.starts or wave.ends))
        measures[measure] = series.model_copy(update={"waves": tuple(waves)})
    file = MeasuresFile(measures=unchangeable(measures))
    return save(folder / MEASURES.name, canonical(MEASURES, file), loaded, folder=folder)
