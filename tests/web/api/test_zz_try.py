import json
def test_it(program, analyst, sample):
    c = program(analyst)
    print(sample.versions, sample.listings)
    from tahaluf.web.catalogue.models import ListingState
    s = ListingState.objects.now()[0]
    print(s.content)
    r = c.post("/match/default", {"queries": {"a": {"schema": "Person", "properties": {"name": [s.caption], "country":"Russia", "foo":["x"]}}}}, content_type="application/json")
    print(r.status_code, json.dumps(r.json(), ensure_ascii=False, indent=1), r.headers)
    i = r.json()["responses"]["a"]["results"][0]["id"]
    for u in (f"/entities/{i}", f"/entities/{i}/adjacent", f"/entities/{i}?nested=false", f"/entities/{i}/adjacent/sanctions", "/catalog", "/algorithms", "/readyz", "/statements", "/search/default?limit=2", f"/search/default?q={s.caption}&limit=1", "/search/xx", "/entities/nn"):
        r = c.get(u); print(u, r.status_code, r.content.decode()[:1500])
    r = c.post("/updatez"); print(r.status_code, r.content)
    from tahaluf.web.review.screenings.models import Screening
    print(Screening.objects.values())
    from tahaluf.web.common.audit.models import AuditEntry
    print(list(AuditEntry.objects.values_list("action","details")))
