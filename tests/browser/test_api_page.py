"""The page that describes the API, under its own policy: both houses, and nothing asked of anybody else."""

from playwright.async_api import expect

from tests.browser.windows import Windows


async def test_the_page_shows_both_houses_and_tries_a_call(windows: Windows) -> None:
    page = (await windows.person("reader")).page
    await page.goto("/docs")

    for house in ("identity", "conversations"):
        await expect(page.get_by_role("heading", name=f"{house} Collapse operation")).to_be_visible()
    await page.get_by_role("button", name="GET /api/directory Directory", exact=True).click()
    await page.get_by_role("button", name="Try it out").click()
    await page.get_by_role("button", name="Execute").click()

    await expect(page.get_by_role("heading", name="Server response")).to_be_visible()
    await expect(page.get_by_role("cell", name="200", exact=True).first).to_be_visible()
