"""Published figures turned into what a page prints: frozen objects of text. Templates of the dashboards get these and
nothing else, so they can neither query nor calculate.
"""

from dashboards.scorecards.compare import ComparePage, compare_page
from dashboards.scorecards.corrections import corrections_page
from dashboards.scorecards.department import DepartmentPage, DepartmentsPage, department_page, departments_page
from dashboards.scorecards.domain import DomainPage, domain_page
from dashboards.scorecards.hisp import HispPage, hisp_page
from dashboards.scorecards.hisp_quarter import HispQuarterPage, hisp_quarter_page
from dashboards.scorecards.hisps import HispsPage, SearchPage, hisps_page, search_page
from dashboards.scorecards.home import HomePage, home_page
from dashboards.scorecards.lists import QuartersPage, quarters_page
from dashboards.scorecards.parts import Missing
from dashboards.scorecards.quarter import QuarterPage, quarter_page
from dashboards.scorecards.revision import SupersededPage, WithdrawnRevisionPage, revision_page
from dashboards.scorecards.service import ServicePage, service_page
from dashboards.scorecards.survey import SurveyPage, survey_page
from dashboards.scorecards.withdrawn import WithdrawnPage

__all__ = [
    "ComparePage",
    "DepartmentPage",
    "DepartmentsPage",
    "DomainPage",
    "HispPage",
    "HispQuarterPage",
    "HispsPage",
    "HomePage",
    "Missing",
    "QuarterPage",
    "QuartersPage",
    "SearchPage",
    "ServicePage",
    "SupersededPage",
    "SurveyPage",
    "WithdrawnPage",
    "WithdrawnRevisionPage",
    "compare_page",
    "corrections_page",
    "department_page",
    "departments_page",
    "domain_page",
    "hisp_page",
    "hisp_quarter_page",
    "hisps_page",
    "home_page",
    "quarter_page",
    "quarters_page",
    "revision_page",
    "search_page",
    "service_page",
    "survey_page",
]
