"""docxtpl, the usual way to fill a Word template from a program: COUNT orders of 8 clauses and a table of 20 pairs.

    docxtpl_peer.py COUNT OUT
"""

import sys
from pathlib import Path

from docx import Document
from docxtpl import DocxTemplate

CLAUSES = [
    "Утвердить список наставников и наставляемых на 2026/2027 учебный год согласно приложению № {number}.",
    "Наставникам в срок до 1 октября разработать персонализированные программы наставничества.",
    "Куратору обеспечить организационное и методическое сопровождение наставнических пар в течение учебного года.",
    "Установить наставникам доплату за выполнение дополнительной работы согласно дополнительным соглашениям.",
    "Наставникам вести учёт встреч и ежеквартально представлять куратору сведения о выполнении программы.",
    "Педагогу-психологу провести диагностику наставляемых и предложить рекомендации наставникам.",
    "Ответственному за сайт разместить сведения о системе наставничества в срок до 15 октября.",
    "Контроль за исполнением приказа оставляю за собой.",
]


def make_template(path):
    document = Document()
    document.add_heading("{{ organization }}", level=1)
    document.add_paragraph("ПРИКАЗ № {{ number }} от {{ date }}")
    document.add_paragraph("О назначении наставников")
    for clause in CLAUSES:
        document.add_paragraph(clause.replace("{number}", "{{ number }}"), style="List Number")
    table = document.add_table(rows=4, cols=4, style="Table Grid")
    table.rows[1].cells[0].text = "{%tr for pair in pairs %}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    for head, cell, name in zip(
        ("№", "Наставник", "Наставляемый", "Срок"), table.rows[0].cells, ("n", "mentor", "mentee", "term"), strict=True
    ):
        cell.text = head
        table.rows[2].cells[["n", "mentor", "mentee", "term"].index(name)].text = "{{ pair.%s }}" % name
    document.add_paragraph("Директор {{ director }}")
    document.save(path)


def main():
    count, out = int(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    make_template(out / "template.docx")
    for number in range(1, count + 1):
        template = DocxTemplate(out / "template.docx")
        template.render(
            {
                "organization": "Муниципальное бюджетное общеобразовательное учреждение «СОШ № 1»",
                "number": number,
                "date": "1 сентября 2026 г.",
                "director": "А. В. Андрианова",
                "pairs": [
                    {
                        "n": row,
                        "mentor": f"Помяловскую Хадию Викентьевну, учителя математики, категория высшая, {row}",
                        "mentee": f"Манылова Феоктиста Дмитриевича, учителя физики, {row}",
                        "term": "с 1 октября 2026 г. по 31 мая 2027 г.",
                    }
                    for row in range(1, 21)
                ],
            }
        )
        template.save(out / f"{number}.docx")
    print(f"docxtpl: {count} DOCX")


if __name__ == "__main__":
    main()
