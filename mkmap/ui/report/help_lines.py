"""Where help is: the police, Victim Support, Crimestoppers."""

from mkmap.words import _


def not_the_police() -> str:
    return _(
        "**This is not a report to the police.** In danger, call **999**. Otherwise report it on **101** or "
        "[online](https://www.police.uk/pu/contact-us/). What you write here goes on a map beside the police's figures; nobody comes."
    )


def support() -> str:
    return _(
        "**Help for victims**, also without the police: [Victim Support](https://www.victimsupport.org.uk), 08 08 16 89 111, "
        "free, day and night. **To tell what you know without giving a name:** "
        "[Crimestoppers](https://crimestoppers-uk.org), 0800 555 111."
    )
