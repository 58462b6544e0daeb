"""What a demo makes before documents of a patient are shown; production makes nothing."""

from zdrav29_app.demo import records
from zdrav29_app.demo.region import files
from zdrav29_app.settings import settings


async def deliver(patient_id: int) -> None:
    """Let clinics send the record of one of the cast, and give a region's documents their files."""
    if settings.is_demo:
        await records.deliver(patient_id)
        await files.make_files(patient_id)
