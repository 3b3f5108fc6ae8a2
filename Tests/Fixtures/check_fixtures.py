#!/usr/bin/env python3
"""Checks the seed data under Fixtures: templates, shared directories and tenants.

    check_fixtures.py [METADATA] [--fixtures DIR]

Templates are held against the type metadata (names, types, enumeration members, nullability) and against
themselves: what a rule or a mapping names has to exist, with that very spelling. Tenants are held against the
templates: references resolve, identifiers are unique. Each finding is one line, `file:path: what`; exit code 1
if there is any.
"""
import argparse
import base64
import binascii
import json
import pathlib
import re
import sys
import uuid
import xml.etree.ElementTree as xml

EDM = "{http://docs.oasis-open.org/odata/ns/edm}"
ZERO_GUID = "00000000-0000-0000-0000-000000000000"
DURATION = re.compile(r"^-?P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$")
INSTANT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")

# Argument names of the functions that default mappings use: those in order, then the one that repeats.
SIGNATURES = {
    "Append": (["source", "suffix"], None),
    "BitAnd": (["value1", "value2"], None),
    "DefaultDomain": ([], None),
    "Join": (["separator"], "source"),
    "Mid": (["source", "start", "length"], None),
    "NormalizeDiacritics": (["source"], None),
    "Not": (["source"], None),
    "Prepend": (["prefix", "source"], None),
    "Replace": (["source", "Find", "RegularExpression", "RegularExpressionGroupName", "Replacement",
                 "ReplacementPropertyName", "Template"], None),
    "SingleAppRoleAssignment": (["source"], None),
    "Split": (["source", "delimiter"], None),
    "StripSpaces": (["source"], None),
    "Switch": (["source", "defaultValue"], "switchValue"),
    "ToLower": (["source", "culture"], None),
}
FILTER_OPERATORS = {
    "EQUALS", "NOT EQUALS", "IS TRUE", "IS FALSE", "IS NULL", "IS NOT NULL", "REGEX MATCH", "NOT REGEX MATCH",
    "Greater_Than", "Greater_Than_OR_EQUALS", "Includes", "ENDS_WITH", "&", "!&",
}
UNARY_OPERATORS = {"IS TRUE", "IS FALSE", "IS NULL", "IS NOT NULL"}
ATTRIBUTE_DEFAULTS = {"type": "String", "mutability": "ReadWrite"}


class Findings:
    """What is wrong, in the order found; `at` is the file the paths belong to."""

    def __init__(self):
        self.lines = []
        self.at = ""

    def add(self, path, text):
        self.lines.append(f"{self.at}:{path or '/'}: {text}")


def load(path, findings):
    """The JSON of a file, with duplicate members reported."""
    def pairs(items):
        names = [name for name, _ in items]
        for name in sorted({n for n in names if names.count(n) > 1}):
            findings.add("", f"member '{name}' appears twice in one object")
        return dict(items)

    try:
        return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=pairs)
    except (OSError, ValueError) as error:
        findings.add("", f"cannot be read: {error}")
        return None


# ---------------------------------------------------------------------------------------------------------------
# Type metadata


class Metadata:
    """Structured types and enumerations of one EDM document."""

    def __init__(self, path):
        self.types, self.enums = {}, {}
        for schema in xml.parse(path).getroot().iter(EDM + "Schema"):
            for enum in schema.iter(EDM + "EnumType"):
                members = [member.get("Name") for member in enum.iter(EDM + "Member")]
                self.enums[enum.get("Name")] = (members, enum.get("IsFlags") == "true")
            for kind in ("ComplexType", "EntityType"):
                for each in schema.iter(EDM + kind):
                    properties = {}
                    for tag in ("Property", "NavigationProperty"):
                        for item in each.findall(EDM + tag):
                            properties[item.get("Name")] = (item.get("Type"), item.get("Nullable") != "false")
                    base = (each.get("BaseType") or "").rpartition(".")[2]
                    self.types[each.get("Name")] = (base, each.get("OpenType") == "true", properties)

    def properties(self, name):
        base, is_open, own = self.types[name]
        if not base:
            return dict(own), is_open
        inherited, base_open = self.properties(base)
        return {**inherited, **own}, is_open or base_open

    def check(self, value, type_name, path, findings, nullable=True, closed_but=None):
        """Holds one value against one type, recursively; `closed_but` closes an open type but for those names."""
        collection = re.match(r"^Collection\((.*)\)$", type_name)
        if collection:
            if not isinstance(value, list):
                findings.add(path, f"should be a list, is {describe(value)}")
                return
            for index, item in enumerate(value):
                self.check(item, collection[1], f"{path}/{index}", findings, nullable=False)
            return
        if value is None:
            if not nullable:
                findings.add(path, "is null, which its type forbids")
            return
        namespace, _, name = type_name.rpartition(".")
        if namespace == "Edm":
            self.check_primitive(value, name, path, findings)
        elif name in self.enums:
            self.check_enum(value, name, path, findings)
        elif not isinstance(value, dict):
            findings.add(path, f"should be a {name}, is {describe(value)}")
        else:
            properties, is_open = self.properties(name)
            for key, item in value.items():
                if key in properties:
                    kind, may_be_null = properties[key]
                    self.check(item, kind, f"{path}/{key}", findings, may_be_null)
                elif not is_open if closed_but is None else key not in closed_but:
                    findings.add(f"{path}/{key}", f"is no property of {name}")

    def check_enum(self, value, name, path, findings):
        members, is_flags = self.enums[name]
        if not isinstance(value, str):
            findings.add(path, f"should be a member of {name}, is {describe(value)}")
            return
        for part in (re.split(r",\s*", value) if is_flags else [value]):
            if part not in members:
                findings.add(path, f"'{part}' is no member of {name}")

    @staticmethod
    def check_primitive(value, name, path, findings):
        def text(pattern=None):
            return isinstance(value, str) and (pattern is None or pattern.match(value) is not None)

        fits = {
            "String": text,
            "Boolean": lambda: isinstance(value, bool),
            "Int32": lambda: isinstance(value, int) and not isinstance(value, bool) and -2**31 <= value < 2**31,
            "Int64": lambda: isinstance(value, int) and not isinstance(value, bool),
            "Guid": lambda: is_guid(value),
            "DateTimeOffset": lambda: text(INSTANT),
            "Date": lambda: text(re.compile(r"^\d{4}-\d\d-\d\d$")),
            "Duration": lambda: text(DURATION),
        }.get(name, lambda: True)
        if not fits():
            findings.add(path, f"should be Edm.{name}, is {describe(value)}")


def describe(value):
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 60 else shown[:57] + "..."


def is_guid(value):
    try:
        return isinstance(value, str) and str(uuid.UUID(value)) == value
    except ValueError:
        return False


# ---------------------------------------------------------------------------------------------------------------
# Expressions


class ExpressionError(Exception):
    pass


class Expression:
    """Recursive descent over one mapping expression; gives the tree a schema stores for it."""

    def __init__(self, text):
        self.text, self.at = text, 0

    def parse(self):
        node, _ = self.value()
        self.blank()
        if self.at != len(self.text):
            raise ExpressionError(f"stops being an expression at '{self.text[self.at:]}'")
        return node

    def blank(self):
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def peek(self):
        return self.text[self.at] if self.at < len(self.text) else ""

    def value(self):
        self.blank()
        head = self.peek()
        if head == '"':
            literal = self.string()
            return constant(literal), quoted(literal)
        if head == "[":
            name = self.bracketed()
            return {"type": "Attribute", "name": name, "expression": f"[{name}]", "parameters": []}, f"[{name}]"
        if head.isdigit():
            digits = re.match(r"\d+", self.text[self.at:])[0]
            self.at += len(digits)
            return constant(digits), digits
        return self.call()

    def string(self):
        self.at += 1
        out = []
        while self.peek() != '"':
            if self.peek() == "\\":
                self.at += 1
            if not self.peek():
                raise ExpressionError("has a string without an end")
            out.append(self.peek())
            self.at += 1
        self.at += 1
        return "".join(out)

    def bracketed(self):
        start, depth = self.at, 0
        while self.at < len(self.text):
            depth += {"[": 1, "]": -1}.get(self.text[self.at], 0)
            self.at += 1
            if depth == 0:
                return self.text[start + 1:self.at - 1]
        raise ExpressionError("has an attribute without an end")

    def call(self):
        match = re.match(r"[A-Za-z]\w*", self.text[self.at:])
        if not match:
            raise ExpressionError(f"has no value at '{self.text[self.at:]}'")
        name = match[0]
        if name not in SIGNATURES:
            raise ExpressionError(f"calls '{name}', whose argument names are not listed here")
        self.at += len(name)
        self.blank()
        if self.peek() != "(":
            raise ExpressionError(f"lacks the arguments of '{name}'")
        self.at += 1
        arguments = self.arguments()
        fixed, repeating = SIGNATURES[name]
        parameters = []
        for index, argument in enumerate(arguments):
            key = fixed[index] if index < len(fixed) else repeating
            if key is None:
                raise ExpressionError(f"gives '{name}' too many arguments")
            if argument is not None:
                parameters.append({"key": key, "value": argument[0]})
        printed = ", ".join("" if argument is None else argument[1] for argument in arguments)
        text = f"{name}({printed})"
        return {"type": "Function", "name": name, "expression": text, "parameters": parameters}, text

    def arguments(self):
        self.blank()
        if self.peek() == ")":
            self.at += 1
            return []
        arguments = []
        while True:
            self.blank()
            arguments.append(None if self.peek() in (",", ")") else self.value())
            self.blank()
            end = self.peek()
            self.at += 1
            if end == ")":
                return arguments
            if end != ",":
                raise ExpressionError("has an argument list without an end")


def quoted(literal):
    return '"' + literal.replace("\\", "\\\\").replace('"', '\\"') + '"'


def constant(literal):
    return {"type": "Constant", "name": literal, "expression": quoted(literal), "parameters": []}


def with_defaults(source):
    """A mapping source as the loader completes it."""
    if not isinstance(source, dict):
        return source
    kind, name = source.get("type", "Attribute"), source.get("name")
    printed = {"Attribute": f"[{name}]", "Constant": quoted(name or "")}.get(kind)
    return {
        "type": kind,
        "name": name,
        "expression": source.get("expression", printed),
        "parameters": [{"key": pair.get("key"), "value": with_defaults(pair.get("value"))}
                       for pair in source.get("parameters", [])],
    }


def attributes_of(node):
    if node["type"] == "Attribute":
        return [node["name"]]
    return [name for pair in node["parameters"] for name in attributes_of(pair["value"])]


# ---------------------------------------------------------------------------------------------------------------
# Templates


def entries(owner, name="metadata"):
    return {entry.get("key"): entry.get("value") for entry in owner.get(name, [])}


def check_directory(directory, path, metadata, findings):
    """One directoryDefinition; gives its objects as name → attribute name → definition."""
    metadata.check(directory, "graph.directoryDefinition", path, findings)
    for name in ("id", "name"):
        if not directory.get(name):
            findings.add(f"{path}/{name}", "is missing")
    if "id" in directory and not is_guid(directory["id"]):
        findings.add(f"{path}/id", "should be a GUID")
    objects = {}
    for index, each in enumerate(directory.get("objects", [])):
        here = f"{path}/objects/{index}"
        attributes = {}
        for position, attribute in enumerate(each.get("attributes", [])):
            name = attribute.get("name")
            if not name:
                findings.add(f"{here}/attributes/{position}", "has no name")
            if name in attributes:
                findings.add(f"{here}/attributes/{position}", f"'{name}' is listed twice")
            attributes[name] = {**ATTRIBUTE_DEFAULTS, **attribute}
        if each.get("name") in objects:
            findings.add(here, f"object '{each.get('name')}' is listed twice")
        objects[each.get("name")] = attributes
        anchors = [name for name, attribute in attributes.items() if attribute.get("anchor")]
        if len(anchors) != 1:
            findings.add(here, f"should have one anchor, has {anchors}")
    for index, each in enumerate(directory.get("objects", [])):
        for position, attribute in enumerate(each.get("attributes", [])):
            check_reference(attribute, objects, f"{path}/objects/{index}/attributes/{position}", findings)
    return objects


def check_reference(attribute, objects, path, findings):
    targets = attribute.get("referencedObjects", [])
    if attribute.get("type") == "Reference":
        if not targets and "ComplexObjectDefinition" not in entries(attribute):
            findings.add(path, f"reference '{attribute.get('name')}' refers to nothing")
    elif targets:
        findings.add(path, f"'{attribute.get('name')}' has referencedObjects but is no Reference")
    for target in targets:
        name, key = target.get("referencedObjectName"), target.get("referencedProperty")
        if name not in objects:
            findings.add(path, f"refers to object '{name}', which the directory lacks")
        elif key is not None and key not in objects[name]:
            findings.add(path, f"refers to '{name}.{key}', which does not exist")
    for key in ("ComplexObjectDefinition", "LinkPropertyNames"):
        if key in entries(attribute):
            check_json_text(entries(attribute)[key], f"{path}/metadata", findings)


def check_json_text(text, path, findings):
    try:
        return json.loads(text)
    except (TypeError, ValueError):
        findings.add(path, f"should be JSON text, is {describe(text)}")
        return None


class Template:
    """One checked template file: its document and the objects of each of its directories."""

    def __init__(self, document, directories):
        self.document = document
        self.template = document.get("template", {})
        self.directories = directories
        self.rules = self.template.get("schema", {}).get("synchronizationRules", [])


def check_wire_names(names, objects, findings):
    """What a connector calls its objects and attributes, and what these are called in SCIM."""
    for name, wire in names.items():
        here = f"wireNames/{name}"
        if set(wire) != {"type", "attributes"}:
            findings.add(here, "should have 'type' and 'attributes'")
            continue
        if name not in objects:
            findings.add(here, "is no object of the target directory")
            continue
        for attribute in sorted(set(wire["attributes"]) - set(objects[name])):
            findings.add(f"{here}/attributes/{attribute}", "is no attribute of the object")
        taken = list(wire["attributes"].values())
        for path in sorted({path for path in taken if taken.count(path) > 1}):
            findings.add(f"{here}/attributes", f"names '{path}' twice")


def check_template(path, shared, metadata, findings):
    document = load(path, findings)
    if document is None:
        return None
    known = {"interval", "jobIdentifier", "synchronizationJobSettings", "applicationTemplate", "template"}
    for name in sorted((set(document) - {"wireNames"}) ^ known):
        findings.add(name, "is unknown" if name in document else "is missing")
    metadata.check(document.get("interval"), "Edm.Duration", "interval", findings, nullable=False)
    if document.get("jobIdentifier") not in ("application", "tenant"):
        findings.add("jobIdentifier", "should be 'application' or 'tenant'")
    metadata.check(document.get("synchronizationJobSettings", []), "Collection(graph.keyValuePair)",
                   "synchronizationJobSettings", findings)
    application = document.get("applicationTemplate", {})
    metadata.check(application, "graph.applicationTemplate", "applicationTemplate", findings)
    template = document.get("template", {})
    if template.get("id") != path.stem:
        findings.add("template/id", f"should be '{path.stem}', the name of the file")
    if template.get("applicationId") != application.get("id"):
        findings.add("template/applicationId", "differs from applicationTemplate/id")
    if entries(template).get("GalleryApplicationIdentifier", application.get("id")) != application.get("id"):
        findings.add("template/metadata", "GalleryApplicationIdentifier differs from applicationTemplate/id")
    if "ConfigurationFields" in entries(template):
        check_json_text(entries(template)["ConfigurationFields"], "template/metadata", findings)

    schema = template.get("schema", {})
    if schema.get("id") != f"{template.get('id')}.{'0' * 32}":
        findings.add("template/schema/id", "should be the template id, a dot and 32 zeros")
    directories, resolved = {}, []
    for index, directory in enumerate(schema.get("directories", [])):
        here = f"template/schema/directories/{index}"
        if "include" in directory:
            if set(directory) != {"include"} or directory["include"] not in shared:
                findings.add(here, f"includes '{directory['include']}', which is no file of Directories")
                continue
            directory = shared[directory["include"]]
            objects = check_directory(directory, here, metadata, Findings())
        else:
            objects = check_directory(directory, here, metadata, findings)
        if directory.get("name") in directories:
            findings.add(here, f"second directory '{directory.get('name')}'")
        directories[directory.get("name")] = objects
        resolved.append(directory)
    complete = {**template, "schema": {**schema, "directories": resolved}}
    metadata.check(complete, "graph.synchronizationTemplate", "template", findings)
    for index, rule in enumerate(schema.get("synchronizationRules", [])):
        here = f"template/schema/synchronizationRules/{index}"
        check_rule(rule, directories, here, findings)
        objects = directories.get(rule.get("targetDirectoryName"), {})
        check_wire_names(document.get("wireNames", {}), objects, findings)
    return Template(document, directories)


def check_rule(rule, directories, path, findings):
    for name in ("id", "name", "priority", "editable"):
        if name not in rule:
            findings.add(f"{path}/{name}", "is missing")
    if not is_guid(rule.get("id")):
        findings.add(f"{path}/id", "should be a GUID")
    sides = {}
    for side in ("sourceDirectoryName", "targetDirectoryName"):
        name = rule.get(side)
        if name not in directories:
            findings.add(f"{path}/{side}", f"names directory '{name}', which does not exist")
        sides[side] = directories.get(name, {})
    if "supportsProvisionOnDemand" not in entries(rule):
        findings.add(f"{path}/metadata", "lacks supportsProvisionOnDemand")
    for index, mapping in enumerate(rule.get("objectMappings", [])):
        check_object_mapping(mapping, sides, f"{path}/objectMappings/{index}", findings)


def check_object_mapping(mapping, sides, path, findings):
    if "enabled" not in mapping:
        findings.add(f"{path}/enabled", "is missing")
    source = sides["sourceDirectoryName"].get(mapping.get("sourceObjectName"))
    target = sides["targetDirectoryName"].get(mapping.get("targetObjectName"))
    if source is None:
        findings.add(f"{path}/sourceObjectName", f"names object '{mapping.get('sourceObjectName')}', which does not exist")
    if target is None:
        findings.add(f"{path}/targetObjectName", f"names object '{mapping.get('targetObjectName')}', which does not exist")
    if source is None or target is None:
        return
    notes = entries(mapping)
    for key in notes:
        if key != "OriginalJoiningProperty":
            check_json_text(notes[key], f"{path}/metadata", findings)
    joining = notes.get("OriginalJoiningProperty")
    if joining is not None and joining not in source:
        findings.add(f"{path}/metadata", f"joins by '{joining}', which the source lacks")

    targets, priorities = [], []
    for index, each in enumerate(mapping.get("attributeMappings", [])):
        here = f"{path}/attributeMappings/{index}"
        name = each.get("targetAttributeName")
        if name not in target:
            findings.add(here, f"writes '{name}', which the target lacks")
        elif target[name]["mutability"] == "ReadOnly":
            findings.add(here, f"writes '{name}', which is read-only")
        if name in targets:
            findings.add(here, f"writes '{name}' a second time")
        targets.append(name)
        priority = each.get("matchingPriority", 0)
        if priority:
            priorities.append(priority)
            if each.get("source") is None:
                findings.add(here, "matches without a source")
        check_source(each.get("source"), source, target.get(name), here, findings)
        if each.get("source") is None and each.get("defaultValue") is None:
            findings.add(here, "has neither source nor defaultValue")
    if sorted(priorities) != list(range(1, len(priorities) + 1)) or not priorities:
        findings.add(path, f"matching priorities should be 1, 2, …; are {priorities}")
    if "Add" in mapping.get("flowTypes", "Add, Update, Delete") and mapping.get("enabled"):
        for name, attribute in target.items():
            if attribute.get("required") and not attribute.get("anchor") and name not in targets \
                    and attribute.get("defaultValue") is None:
                findings.add(path, f"creates objects without '{name}', which the target requires")
    for kind in ("groups", "inputFilterGroups", "categoryFilterGroups"):
        for index, group in enumerate((mapping.get("scope") or {}).get(kind, [])):
            for position, clause in enumerate(group.get("clauses", [])):
                check_clause(clause, source, f"{path}/scope/{kind}/{index}/clauses/{position}", findings)


def check_source(value, source, target, path, findings):
    if value is None:
        return
    stored = with_defaults(value)
    if stored["type"] == "Function" and not value.get("expression"):
        findings.add(f"{path}/source", "is a function without its expression")
        return
    try:
        parsed = Expression(stored["expression"]).parse()
    except ExpressionError as error:
        findings.add(f"{path}/source/expression", str(error))
        return
    if parsed["expression"] != stored["expression"]:
        findings.add(f"{path}/source/expression", f"canonical form is {parsed['expression']}")
    if parsed != {**stored, "expression": parsed["expression"]}:
        findings.add(f"{path}/source", "name, type or parameters differ from what its expression parses to")
    for name in attributes_of(parsed):
        if name not in source:
            findings.add(f"{path}/source", f"reads '{name}', which the source lacks")
    if parsed["type"] == "Attribute" and target and parsed["name"] in source:
        is_reference = source[parsed["name"]]["type"] == "Reference"
        if is_reference != (target["type"] == "Reference"):
            findings.add(path, f"maps {source[parsed['name']]['type']} '{parsed['name']}' to {target['type']}")


def check_clause(clause, source, path, findings):
    name, operator = clause.get("sourceOperandName"), clause.get("operatorName")
    if name not in source:
        findings.add(path, f"filters by '{name}', which the source lacks")
    elif source[name].get("multivalued") or source[name]["type"] in ("Reference", "DateTime"):
        findings.add(path, f"filters by '{name}', which filters do not support")
    if operator not in FILTER_OPERATORS:
        findings.add(path, f"'{operator}' is no filter operator")
    values = (clause.get("targetOperand") or {}).get("values", [])
    if bool(values) == (operator in UNARY_OPERATORS):
        findings.add(path, f"{operator} with values {values}")


# ---------------------------------------------------------------------------------------------------------------
# Tenants

TENANT_MEMBERS = ["tenant", "users", "groups", "applications", "servicePrincipals", "assignments", "secrets", "jobs",
                  "directories", "faults"]
# What a seed may leave out: who signs in.
ACCESS_MEMBERS = {"clients", "signIns"}
USER_TYPES = {
    "id": str, "accountEnabled": bool, "displayName": str, "givenName": str, "surname": str, "userPrincipalName": str,
    "mailNickname": str, "mail": str, "jobTitle": str, "department": str, "companyName": str, "employeeId": str,
    "employeeType": str, "usageLocation": str, "preferredLanguage": str, "streetAddress": str, "city": str,
    "state": str, "postalCode": str, "country": str, "businessPhones": list, "mobilePhone": str,
    "officeLocation": str, "userType": str, "createdDateTime": str, "manager": str,
}
USER_REQUIRED = ("accountEnabled", "displayName", "userPrincipalName", "mailNickname", "userType")
GROUP_TYPES = {
    "id": str, "displayName": str, "description": str, "mailNickname": str, "mail": str, "mailEnabled": bool,
    "securityEnabled": bool, "groupTypes": list, "createdDateTime": str, "members": list,
}
GROUP_REQUIRED = ("displayName", "mailNickname", "mailEnabled", "securityEnabled")
LATEST_CREATION = "2026-01-01T00:00:00Z"


class Tenant:
    """One seed document under check, with the indexes its references are looked up in."""

    def __init__(self, document, templates, metadata, findings):
        self.document, self.templates, self.metadata, self.findings = document, templates, metadata, findings
        self.identifiers = {}
        self.users = {user.get("userPrincipalName"): user for user in document.get("users", [])}
        self.principals = {}
        self.resources = {each.get("id"): each for each in document.get("servicePrincipals", [])}

    def items(self, name):
        return [(f"{name}/{index}", item) for index, item in enumerate(self.document.get(name, []))]

    def claim(self, identifier, path):
        if not is_guid(identifier):
            self.findings.add(path, f"{describe(identifier)} is no lower-case GUID")
        elif identifier in self.identifiers:
            self.findings.add(path, f"identifier is taken by {self.identifiers[identifier]}")
        else:
            self.identifiers[identifier] = path

    def unique(self, name, member):
        seen = {}
        for path, item in self.items(name):
            value = item.get(member)
            if value is None:
                continue
            if value.lower() in seen:
                self.findings.add(f"{path}/{member}", f"'{value}' is taken by {seen[value.lower()]}")
            seen[value.lower()] = path

    def typed(self, item, types, required, path):
        for name, value in item.items():
            if name not in types:
                self.findings.add(f"{path}/{name}", "is unknown")
            elif value is not None and not isinstance(value, types[name]):
                self.findings.add(f"{path}/{name}", f"is {describe(value)}")
        for name in required:
            if item.get(name) is None:
                self.findings.add(f"{path}/{name}", "is missing")

    def created(self, item, path):
        value = item.get("createdDateTime")
        if value is not None and not (INSTANT.match(value) and value < LATEST_CREATION):
            self.findings.add(f"{path}/createdDateTime", f"should be UTC and before {LATEST_CREATION}, is {describe(value)}")

    def acyclic(self, edges, what):
        """`edges`: node → nodes it points to."""
        finished = set()
        for start in edges:
            trail, stack = [], [(start, iter(edges.get(start, ())))]
            while stack:
                node, following = stack[-1]
                if not trail or trail[-1] != node:
                    trail.append(node)
                following_node = next(following, None)
                if following_node is None:
                    stack.pop()
                    trail.pop()
                    finished.add(node)
                elif following_node in trail:
                    self.findings.add("", f"{what} form a circle: {' → '.join(trail + [following_node])}")
                    return
                elif following_node in edges and following_node not in finished:
                    stack.append((following_node, iter(edges[following_node])))

    def check(self):
        for name in sorted((set(self.document) - ACCESS_MEMBERS) ^ set(TENANT_MEMBERS)):
            self.findings.add(name, "is unknown" if name in self.document else "is missing")
        for name in ("displayName", "defaultDomain"):
            if not self.document.get("tenant", {}).get(name):
                self.findings.add(f"tenant/{name}", "is missing")
        self.check_users()
        self.check_groups()
        self.check_applications()
        self.check_assignments()
        self.check_secrets()
        jobs = self.check_jobs()
        self.check_directories(jobs)

    def check_users(self):
        for path, user in self.items("users"):
            self.typed(user, USER_TYPES, USER_REQUIRED, path)
            self.claim(user.get("id"), f"{path}/id")
            self.created(user, path)
            self.principals[user.get("id")] = ("User", user)
            if user.get("userType") not in ("Member", "Guest"):
                self.findings.add(f"{path}/userType", f"is {describe(user.get('userType'))}")
            if (user.get("userType") == "Guest") != ("#EXT#" in user.get("userPrincipalName", "")):
                self.findings.add(f"{path}/userPrincipalName", "guests, and only they, have #EXT# in it")
            if "@" not in user.get("userPrincipalName", ""):
                self.findings.add(f"{path}/userPrincipalName", "has no domain")
            if user.get("manager") is not None and user["manager"] not in self.users:
                self.findings.add(f"{path}/manager", f"'{user['manager']}' is no user")
        for member in ("userPrincipalName", "mailNickname", "mail", "employeeId"):
            self.unique("users", member)
        self.acyclic({name: [user["manager"]] for name, user in self.users.items() if user.get("manager")}, "managers")

    def check_groups(self):
        for path, group in self.items("groups"):
            self.typed(group, GROUP_TYPES, GROUP_REQUIRED, path)
            self.claim(group.get("id"), f"{path}/id")
            self.created(group, path)
            self.principals[group.get("id")] = ("Group", group)
        groups = {group.get("id"): group for group in self.document.get("groups", [])}
        for path, group in self.items("groups"):
            members = group.get("members", [])
            for member in members:
                if member not in self.users and member not in groups:
                    self.findings.add(f"{path}/members", f"'{member}' is neither user nor group")
            if len(set(members)) != len(members):
                self.findings.add(f"{path}/members", "someone is listed twice")
            if ("Unified" in group.get("groupTypes", [])) and not group.get("mailEnabled"):
                self.findings.add(path, "is a Microsoft 365 group without mail")
        for member in ("displayName", "mailNickname"):
            self.unique("groups", member)
        self.acyclic({name: [m for m in group.get("members", []) if m in groups] for name, group in groups.items()}, "groups")

    def check_applications(self):
        gallery = {each.template.get("applicationId") for each in self.templates.values()}
        applications = {each.get("appId"): each for each in self.document.get("applications", [])}
        for path, application in self.items("applications"):
            self.metadata.check(application, "graph.application", path, self.findings, closed_but=())
            self.claim(application.get("id"), f"{path}/id")
            self.claim(application.get("appId"), f"{path}/appId")
            self.created(application, path)
            for index, role in enumerate(application.get("appRoles", [])):
                self.claim(role.get("id"), f"{path}/appRoles/{index}/id")
        matched = set()
        for path, principal in self.items("servicePrincipals"):
            self.metadata.check(principal, "graph.servicePrincipal", path, self.findings, closed_but=("createdDateTime",))
            self.claim(principal.get("id"), f"{path}/id")
            self.created(principal, path)
            application = applications.get(principal.get("appId"))
            if application is None:
                self.findings.add(f"{path}/appId", "belongs to no application")
                continue
            matched.add(principal.get("appId"))
            for name in ("appRoles", "applicationTemplateId", "signInAudience"):
                if principal.get(name) != application.get(name):
                    self.findings.add(f"{path}/{name}", "differs from the application's")
            if principal.get("appDisplayName") != application.get("displayName"):
                self.findings.add(f"{path}/appDisplayName", "differs from the application's displayName")
            if principal.get("appId") not in principal.get("servicePrincipalNames", []):
                self.findings.add(f"{path}/servicePrincipalNames", "lacks the appId")
            if principal.get("applicationTemplateId") not in gallery:
                self.findings.add(f"{path}/applicationTemplateId", "is no application template")
        for path, application in self.items("applications"):
            if application.get("appId") not in matched:
                self.findings.add(path, "has no service principal")
        self.unique("servicePrincipals", "displayName")
        self.unique("servicePrincipals", "appId")

    def check_assignments(self):
        seen = set()
        for path, assignment in self.items("assignments"):
            for name in sorted(set(assignment) ^ {"principalId", "resourceId", "appRoleId"}):
                self.findings.add(f"{path}/{name}", "is unknown" if name in assignment else "is missing")
            key = tuple(assignment.get(name) for name in ("principalId", "resourceId", "appRoleId"))
            if key in seen:
                self.findings.add(path, "repeats an earlier one")
            seen.add(key)
            kind, principal = self.principals.get(key[0], (None, None))
            if principal is None:
                self.findings.add(f"{path}/principalId", f"'{key[0]}' is neither user nor group")
            elif kind == "Group" and not principal.get("securityEnabled"):
                self.findings.add(f"{path}/principalId", f"group '{principal.get('displayName')}' is not security-enabled")
            resource = self.resources.get(key[1])
            if resource is None:
                self.findings.add(f"{path}/resourceId", f"'{key[1]}' is no service principal")
                continue
            roles = {role.get("id") for role in resource.get("appRoles", [])}
            if key[2] not in roles and (roles or key[2] != ZERO_GUID):
                self.findings.add(f"{path}/appRoleId", f"'{key[2]}' is no role of '{resource.get('displayName')}'")

    def check_secrets(self):
        seen = set()
        for path, entry in self.items("secrets"):
            owner = entry.get("servicePrincipalId")
            if owner not in self.resources:
                self.findings.add(f"{path}/servicePrincipalId", f"'{owner}' is no service principal")
            if owner in seen:
                self.findings.add(path, "is the second one of its service principal")
            seen.add(owner)
            self.metadata.check(entry.get("value"), "Collection(graph.synchronizationSecretKeyStringValuePair)",
                                f"{path}/value", self.findings)
            pairs = entries(entry, "value")
            if len(pairs) != len(entry.get("value", [])):
                self.findings.add(f"{path}/value", "has a key twice")
            if "SyncNotificationSettings" in pairs:
                check_json_text(pairs["SyncNotificationSettings"], f"{path}/value", self.findings)
            address = pairs.get("BaseAddress") or ""
            if address.startswith("{baseURL}/scim/") and address != f"{{baseURL}}/scim/{owner}":
                self.findings.add(f"{path}/value", "BaseAddress is another service principal's")

    def check_jobs(self):
        jobs = {}
        for path, job in self.items("jobs"):
            owner = self.resources.get(job.get("servicePrincipalId"))
            template = self.templates.get(job.get("templateId"))
            if template is None:
                self.findings.add(f"{path}/templateId", f"'{job.get('templateId')}' is no template")
                continue
            if owner is None:
                self.findings.add(f"{path}/servicePrincipalId", f"'{job.get('servicePrincipalId')}' is no service principal")
                continue
            if owner.get("applicationTemplateId") != template.template.get("applicationId"):
                self.findings.add(path, f"'{owner.get('displayName')}' is not of the template's application")
            if job.get("servicePrincipalId") in jobs:
                self.findings.add(path, "is the second job of its service principal")
            jobs[job.get("servicePrincipalId")] = template
            self.metadata.check((job.get("schedule") or {}).get("state"), "graph.synchronizationScheduleState",
                                f"{path}/schedule/state", self.findings, nullable=False)
            shape = r"\.[0-9a-f]{32}" + ("" if template.document.get("jobIdentifier") == "tenant" else r"\.[0-9a-f-]{36}")
            if "id" in job and not re.fullmatch(re.escape(job["templateId"]) + shape, job["id"]):
                self.findings.add(f"{path}/id", f"'{job['id']}' has not the form of the template's jobs")
            self.check_scopes(job, template, path)
        return jobs

    def check_scopes(self, job, template, path):
        sources = template.directories.get("Microsoft Entra ID", {})
        for kind, scope in (job.get("scopes") or {}).items():
            if kind not in sources:
                self.findings.add(f"{path}/scopes", f"'{kind}' is no object of the source")
                continue
            for filters in ("groups", "inputFilterGroups", "categoryFilterGroups"):
                for index, group in enumerate(scope.get(filters, [])):
                    for position, clause in enumerate(group.get("clauses", [])):
                        check_clause(clause, sources[kind],
                                     f"{path}/scopes/{kind}/{filters}/{index}/clauses/{position}", self.findings)

    def check_directories(self, jobs):
        for path, directory in self.items("directories"):
            template = jobs.get(directory.get("servicePrincipalId"))
            if template is None:
                self.findings.add(f"{path}/servicePrincipalId", "has no job")
                continue
            if directory.get("name") not in template.directories:
                self.findings.add(f"{path}/name", f"'{directory.get('name')}' is no directory of the job's schema")
                continue
            self.check_objects(directory, template.directories[directory["name"]], path)

    def check_objects(self, directory, definitions, path):
        values = {}
        for item in directory.get("objects", []):
            for name, value in item.get("attributes", {}).items():
                if isinstance(value, str):
                    values.setdefault((item.get("objectType"), name), []).append(value)
        for index, item in enumerate(directory.get("objects", [])):
            here = f"{path}/objects/{index}"
            definition = definitions.get(item.get("objectType"))
            if definition is None:
                self.findings.add(here, f"'{item.get('objectType')}' is no object of '{directory.get('name')}'")
                continue
            attributes = item.get("attributes", {})
            for name, value in attributes.items():
                if name not in definition:
                    self.findings.add(f"{here}/{name}", f"is no attribute of '{item['objectType']}'")
                else:
                    self.check_value(value, definition[name], definitions, values, f"{here}/{name}")
            for name, attribute in definition.items():
                if (attribute.get("required") or attribute.get("anchor")) and attributes.get(name) is None:
                    self.findings.add(f"{here}/{name}", "is missing")
                if attribute.get("anchor") and values.get((item["objectType"], name), []).count(attributes.get(name)) > 1:
                    self.findings.add(f"{here}/{name}", "anchor is taken")

    def check_value(self, value, attribute, definitions, values, path):
        if attribute.get("multivalued") != isinstance(value, list) and (attribute.get("multivalued") or isinstance(value, list)):
            self.findings.add(path, "is a list where one value belongs, or the reverse")
            return
        for each in value if isinstance(value, list) else [value]:
            kind = attribute["type"]
            fits = {
                "Integer": isinstance(each, int) and not isinstance(each, bool),
                "Boolean": isinstance(each, bool),
                "DateTime": isinstance(each, str) and INSTANT.match(each) is not None,
                "Binary": is_base64(each),
            }.get(kind, isinstance(each, str))
            if not fits:
                self.findings.add(path, f"should be {kind}, is {describe(each)}")
            elif kind == "Reference":
                found = False
                for target in attribute.get("referencedObjects", []):
                    name = target["referencedObjectName"]
                    anchor = next((n for n, a in definitions[name].items() if a.get("anchor")), None)
                    found = found or each in values.get((name, target.get("referencedProperty") or anchor), [])
                if not found:
                    self.findings.add(path, f"'{each}' refers to nothing")


def is_base64(value):
    try:
        return isinstance(value, str) and bool(base64.b64decode(value, validate=True))
    except (binascii.Error, ValueError):
        return False


# ---------------------------------------------------------------------------------------------------------------


def main():
    home = pathlib.Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description="Checks the seed data under Fixtures.")
    parser.add_argument("metadata", nargs="?", type=pathlib.Path,
                        help="type metadata; default Metadata/edm-sync.xml of the fixtures")
    parser.add_argument("--fixtures", type=pathlib.Path, default=home / "Fixtures")
    options = parser.parse_args()
    metadata = Metadata(options.metadata or options.fixtures / "Metadata" / "edm-sync.xml")
    findings = Findings()

    def files(folder):
        for path in sorted((options.fixtures / folder).glob("*.json")):
            findings.at = f"{folder}/{path.name}"
            yield path

    shared, templates, counts = {}, {}, {}
    for path in files("Directories"):
        document = load(path, findings)
        if document is not None:
            check_directory(document, "", metadata, findings)
            shared[path.stem] = document
    for path in files("Templates"):
        template = check_template(path, shared, metadata, findings)
        if template is not None:
            templates[path.stem] = template
    for path in files("Tenants"):
        document = load(path, findings)
        if document is not None:
            Tenant(document, templates, metadata, findings).check()
            counts[path.stem] = document
    for line in findings.lines:
        print(line)
    if not findings.lines:
        print(f"{len(shared)} directories, {len(templates)} templates, {len(counts)} tenants: nothing to report")
    return 1 if findings.lines else 0


if __name__ == "__main__":
    sys.exit(main())
