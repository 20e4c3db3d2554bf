"""From a text to an assessment: is it a cooperation item, why, and with which facts.

Pure functions: nothing here reads a database, a page or the clock.
"""

from cooperation.assess import assess
from cooperation.assessment import Assessment
from cooperation.model import VERSION
from cooperation.stories import same_story

__all__ = ["VERSION", "Assessment", "assess", "same_story"]
