"""Which of many errors a report holds, and that the others are only counted."""

from exchange.workbook.findings import Findings
from exchange.workbook.rows import EMPTY, Row
from exchange.workbook.schema import ENROLLMENTS, STAFF


def row(sheet, number):
    return Row(sheet, number, [EMPTY] * len(sheet.columns))


def test_only_what_may_be_kept_is_put_into_words():
    worded = []

    class Told:
        def __init__(self, number):
            self.number = number

        def __str__(self):
            worded.append(self.number)
            return f"Row {self.number}"

    findings = Findings(10)
    for number in range(2, 1_002):
        findings.add(row(ENROLLMENTS, number), "status", Told(number))
    findings.add(row(STAFF, 7), "gender", Told(7))  # found last, of an earlier sheet

    assert findings.number == 1_001
    assert [problem.message for problem in findings.in_order()] == ["Row 7", *(f"Row {n}" for n in range(2, 11))]
    assert worded == [*range(2, 22), 7]
