"""The TypeScript file of the simulator, run by `@playwright/test` itself: every way in."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from esia_sim import run_in_thread
from stand.browser import FLAGS, executable

CONFIG = """
import { defineConfig } from '@playwright/test';
export default defineConfig({ reporter: 'line', workers: 1, use: { launchOptions: %s } });
"""
SPEC = """
import { expect, test } from '@playwright/test';
import { Esia, signInAs, type Way } from './esia-sim';

const stand = new Esia(process.env.ESIA_URL!);
const fields: Record<Way, object> = {
  password: {}, sms: { password: null }, push: {}, signature: { signature: 'valid' },
  totp: { totp_secret: 'SEVERNAYADVINASEVERNAYADVINA2345' }, session: {},
};

for (const way of Object.keys(fields) as Way[]) {
  test(`signs in by ${way}`, async ({ page }) => {
    const esia = await stand.newWorld({ seed: 7 });
    const person = await esia.newPerson(fields[way]);
    if (way === 'session') await signInAs(page, person, { esia, way });
    await page.goto(`${esia.url}/login`);
    if (way !== 'session') await signInAs(page, person, { esia, way });
    await page.goto(`${esia.url}/profile`);
    await expect(page.locator('main')).toContainText(String(person.last_name));
    expect(await esia.unmetExpectations()).toEqual([]);
    await esia.removeWorld(esia.id);
  });
}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of somebody's tests with `@playwright/test` in it."""
    if not (npm := shutil.which("npm")):
        pytest.skip("npm is not on this machine: @playwright/test cannot be tried")
    (tmp_path / "package.json").write_text("{}")
    installed = subprocess.run(
        [npm, "install", "--no-audit", "--no-fund", "--fetch-retries=0", "@playwright/test"],
        cwd=tmp_path,
        env={**os.environ, "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if installed.returncode:
        pytest.skip("the registry of npm does not answer: @playwright/test cannot be tried")
    return tmp_path


def test_every_way_in_works_from_typescript(folder: Path):
    options = {"executablePath": executable(), "args": list(FLAGS)}
    (folder / "playwright.config.ts").write_text(CONFIG % json.dumps(options), "utf-8")
    (folder / "ways.spec.ts").write_text(SPEC, "utf-8")
    copied = [sys.executable, "-m", "esia_sim.typescript", str(folder)]
    subprocess.run(copied, check=True, capture_output=True)

    with run_in_thread() as esia:
        done = subprocess.run(
            [folder / "node_modules" / ".bin" / "playwright", "test"],
            cwd=folder,
            env={**os.environ, "ESIA_URL": esia.url},
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "6 passed" in done.stdout
