"""Addresses for the public."""

from django.urls import path

from dashboards.views import charts, data, embeds, pages

app_name = "dashboards"

urlpatterns = [
    path("", pages.home, name="home"),
    path("hisps/", pages.hisps, name="hisps"),
    path("hisps/<slug:hisp>/", pages.hisp, name="hisp"),
    path("hisps/<slug:hisp>/<quarter:quarter>/", pages.hisp_quarter, name="hisp_quarter"),
    path("hisps/<slug:hisp>/<quarter:quarter>/revisions/<int:revision>/", pages.revision, name="revision"),
    path("corrections/", pages.corrections, name="corrections"),
    path("services/<slug:service>/", pages.service, name="service"),
    path("quarters/", pages.quarters, name="quarters"),
    path("quarters/<quarter:quarter>/", pages.quarter, name="quarter"),
    path("domains/<slug:domain>/", pages.domain, name="domain"),
    path("hisps/<slug:hisp>/charts/<slug:name>.<slug:kind>", charts.hisp, name="chart_of_hisp"),
    path(
        "hisps/<slug:hisp>/<quarter:quarter>/charts/<slug:name>.<slug:kind>",
        charts.hisp_quarter,
        name="chart_of_hisp_quarter",
    ),
    path("services/<slug:service>/charts/<slug:name>.<slug:kind>", charts.service, name="chart_of_service"),
    path("quarters/charts/<slug:name>.<slug:kind>", charts.quarters, name="chart_of_quarters"),
    path("quarters/<quarter:quarter>/charts/<slug:name>.<slug:kind>", charts.quarter, name="chart_of_quarter"),
    path("domains/<slug:domain>/charts/<slug:name>.<slug:kind>", charts.domain, name="chart_of_domain"),
    path("compare/", pages.compare, name="compare"),
    path("compare/charts/<slug:name>.<slug:kind>", charts.compare, name="chart_of_compare"),
    path("departments/", pages.departments, name="departments"),
    path("departments/<slug:department>/", pages.department, name="department"),
    path(
        "departments/<slug:department>/charts/<slug:name>.<slug:kind>", charts.department, name="chart_of_department"
    ),
    path("surveys/<slug:survey>/", pages.survey, name="survey"),
    path("surveys/<slug:survey>/charts/<slug:name>.<slug:kind>", charts.survey, name="chart_of_survey"),
    path("search/", pages.search, name="search"),
    path("methods/", pages.methods, name="methods"),
    path("about/", pages.about, name="about"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("data/", data.index, name="data"),
    path("data/checks/", data.checks, name="checks"),
    path("data/dictionary/", data.dictionary, name="dictionary"),
    path("data/dictionary.csv", data.dictionary_csv, name="dictionary_csv"),
    path("data/choose/", data.choose, name="choose"),
    path("data/checksums.txt", data.checksums, name="checksums"),
    path("data/openapi.json", data.openapi, name="openapi"),
    path("data/v/", data.versions, name="versions"),
    path("data/v/<int:publication>/<quarter:quarter>/", data.version, name="version"),
    path("data/v/<int:publication>/<quarter:quarter>/<slug:name>.<slug:kind>", data.version_file, name="version_file"),
    path("data/<slug:name>.<slug:kind>", data.dataset, name="dataset"),
    path("data.json", data.catalog, name="catalog"),
    path("feed.atom", data.feed, name="feed"),
    path("sitemap.xml", data.sitemap, name="sitemap"),
    path("robots.txt", data.robots, name="robots"),
    path("embed/", embeds.government, name="embed"),
    path("embed/hisps/<slug:hisp>/", embeds.hisp, name="embed_hisp"),
]
